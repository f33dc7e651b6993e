import type { Exchange } from '../../listener/exchange.ts';
import { type Admitted, credentialsRule } from '../headers/credentials.ts';
import { forEachHeader } from '../headers/lists.ts';
import type { ReceivedBody } from './received.ts';

/** A value of the echo's answer, in JSON or XML. */
export type EchoValue = string | number | boolean | null | readonly EchoValue[] | EchoObject;
export interface EchoObject {
  readonly [name: string]: EchoValue;
}

/** The caller, without secrets. A resource without security has none. */
const callerOf = ({ caller }: Admitted): EchoValue => {
  if (caller === undefined) return null;
  const { application, keyType, user, userType, device, scopes, secondsLeft, tokenId, subscriptionTier } = caller;
  return {
    ...{ application, keyType, user, userType },
    ...(device !== undefined && { device }),
    ...{ scopes, tokenId, subscriptionTier },
    // Whole seconds, as in a token reply; null: never expires.
    secondsLeft: secondsLeft === null ? null : Math.floor(secondsLeft),
  };
};

/** The headers as a backend would see them: without the token, unless the setting keeps it. Repeated ones become lists. */
const headersOf = (
  { request }: Exchange,
  admitted: Admitted,
  settings: Parameters<typeof credentialsRule>[1],
  assertion: string | undefined,
): EchoObject => {
  const credentials = credentialsRule(admitted, settings);
  let { value: rest } = credentials ?? { value: undefined };
  const all = new Map<string, string[]>();
  const add = (name: string, value: string) => all.set(name, [...(all.get(name) ?? []), value]);
  forEachHeader(request.rawHeaders, (lower, name, value) => {
    if (lower === 'x-jwt-assertion') return;
    if (lower !== credentials?.header) add(name, value);
    else if (rest !== undefined) {
      add(name, rest);
      rest = undefined;
    }
  });
  if (assertion !== undefined) add('X-JWT-Assertion', assertion);
  return Object.fromEntries([...all].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]));
};

/** Gives the echo's answer: who called, and what arrived. */
export const echoContent = (
  exchange: Exchange,
  admitted: Admitted,
  settings: Parameters<typeof credentialsRule>[1],
  assertion: string | undefined,
  { bytes, text, base64, truncated }: ReceivedBody,
): EchoObject => {
  const { api, template, resourcePath } = admitted;
  const { method, path, query } = exchange;
  return {
    caller: callerOf(admitted),
    api: { name: api.name, version: api.version, resource: template },
    request: {
      ...{ method, path, resourcePath, query },
      headers: headersOf(exchange, admitted, settings, assertion),
      body: {
        bytes,
        ...(text !== undefined && { text }),
        ...(base64 !== undefined && { base64 }),
        ...(truncated && { truncated }),
      },
    },
  };
};
