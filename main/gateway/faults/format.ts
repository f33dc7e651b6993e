import type { Fault, Profile } from './fault.ts';

/** How a fault is written. `soap11` and `soap12` follow the version of the request. */
export interface Format {
  readonly kind: 'xml' | 'json' | 'badgerfish' | 'form' | 'soap11' | 'soap12';
  /** Without the charset. */
  readonly mediaType: string;
}

const xml: Format = { kind: 'xml', mediaType: 'application/xml' };
const json: Format = { kind: 'json', mediaType: 'application/json' };
const form: Format = { kind: 'form', mediaType: 'application/x-www-form-urlencoded' };
const soap11: Format = { kind: 'soap11', mediaType: 'text/xml' };
const soap12: Format = { kind: 'soap12', mediaType: 'application/soap+xml' };

/** `Accept` must equal one of them exactly: no list, no parameter (gateway reference 7). */
const accepted: ReadonlyMap<string, Format> = new Map(
  [
    ...[json, { ...json, mediaType: 'text/javascript' }],
    ...[
      xml,
      { ...xml, mediaType: 'text/xml' },
      { ...xml, mediaType: 'text/html' },
      { ...xml, mediaType: 'text/plain' },
    ],
    ...[{ ...xml, mediaType: 'application/soap+xml' }, form],
    { kind: 'badgerfish', mediaType: 'application/json/badgerfish' } satisfies Format,
  ].map((format): [string, Format] => [format.mediaType, format]),
);

/** The parts of a request that choose the format of its fault. */
export interface FormatRequest {
  readonly method: string;
  readonly accept: string | undefined;
  readonly contentType: string | undefined;
}

const bodyMethods: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** Gives the SOAP version of a request with a body, by its Content-Type; `undefined` for other requests. */
export const soapOf = ({ method, contentType = '' }: Omit<FormatRequest, 'accept'>): Format | undefined => {
  if (!bodyMethods.has(method)) return undefined;
  if (contentType.includes('application/soap+xml')) return soap12;
  return contentType.includes('text/xml') ? soap11 : undefined;
};

const ofBody = ({ method, contentType = '' }: FormatRequest): Format => {
  if (!bodyMethods.has(method)) return xml;
  if (/^application\/json\b/i.test(contentType)) return json;
  return /^application\/x-www-form-urlencoded\b/i.test(contentType) ? form : xml;
};

/** Chooses the format of a fault by profile, source and request (gateway reference 7). */
export const formatOf = (fault: Fault, profile: Profile, request: FormatRequest): Format => {
  const soap = soapOf(request);
  if (soap !== undefined) return profile === '4.x' ? soap11 : soap;
  if (profile === '4.x') return json;
  const negotiates = fault.source === 'authentication' || fault.source === 'throttling';
  return negotiates ? (accepted.get(request.accept ?? '') ?? xml) : ofBody(request);
};
