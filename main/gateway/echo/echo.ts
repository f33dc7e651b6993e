import type { Settings } from '../../../preload/contract/settings/settings.ts';
import type { Exchange } from '../../listener/exchange.ts';
import { type Reply, textBody } from '../../listener/reply.ts';
import { abandonedReply } from '../abandoned.ts';
import { soapOf } from '../faults/format.ts';
import { corsHeaders } from '../headers/cors.ts';
import type { Admitted } from '../headers/credentials.ts';
import { logFacts } from '../logFacts.ts';
import { escapeXml, soapEnvelope } from '../xml.ts';
import { type EchoObject, type EchoValue, echoContent } from './content.ts';
import { receiveBody } from './received.ts';

/** Header names are no XML names, so members of `headers` become elements with an attribute. */
const elements = (name: string, value: EchoValue, isHeader = false): string => {
  if (Array.isArray(value)) return value.map((one) => elements(name, one, isHeader)).join('');
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([key, member]) => elements(key, member, name === 'headers'))
          .join('')
      : escapeXml(`${value ?? ''}`);
  return isHeader ? `<header name="${escapeXml(name)}">${inner}</header>` : `<${name}>${inner}</${name}>`;
};

const xml = (content: EchoObject): string => elements('echo', content);

/** The weight of a media type in `Accept`. https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1 */
const weightOf = (accept: string, types: RegExp): number => {
  const weights = accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = parameters.find((text) => text.startsWith('q='))?.slice(2);
    return types.test(type) ? Number(quality ?? 1) : 0;
  });
  return Math.max(...weights);
};

const prefersXml = (accept: string): boolean =>
  weightOf(accept, /^(?:application|text)\/(?:xml|[\w.-]+\+xml)$/) >
  weightOf(accept, /^application\/(?:json|[\w.-]+\+json)$/);

/** Gives the media type and the body: SOAP for SOAP requests, XML if the client prefers it, else JSON. */
const render = ({ method, request: { headers } }: Exchange, content: EchoObject): readonly [string, string] => {
  const soap = soapOf({ method, contentType: headers['content-type'] });
  if (soap !== undefined) {
    return [soap.mediaType, soapEnvelope(soap.kind === 'soap12' ? 'soap12' : 'soap11', xml(content))];
  }
  if (prefersXml(headers.accept ?? '')) return ['application/xml', xml(content)];
  return ['application/json', `${JSON.stringify(content, null, 2)}\n`];
};

/** The built-in backend: answers who called and what arrived. Reads the body to its end. */
export const echo = async (
  exchange: Exchange,
  admitted: Admitted,
  settings: Settings,
  assertion: string | undefined,
): Promise<Reply> => {
  const body = await receiveBody(exchange.request);
  if (body === undefined) return abandonedReply(admitted.facts);
  const [mediaType, text] = render(exchange, echoContent(exchange, admitted, settings, assertion, body));
  return {
    status: 200,
    headers: ['Content-Type', `${mediaType}; charset=UTF-8`, ...corsHeaders(admitted.cors)],
    body: textBody(text),
    ...logFacts(admitted.facts),
  };
};
