import type { RequestDetails } from '../../../../preload/contract/requests.ts';
import { maskBody } from './body.ts';
import { maskHeader } from './headers.ts';
import { createMask } from './names.ts';
import { maskTarget } from './url.ts';

interface StoredBody {
  readonly bytes: Buffer;
  /** Bytes of the whole body; `undefined` when it is not known. */
  readonly total: number | undefined;
}

/** A request and its reply with real secrets, as they were captured. */
export interface StoredDetails {
  readonly target: string;
  readonly secure: boolean;
  /** Names and values in turn. */
  readonly sentHeaders: readonly string[];
  readonly answeredHeaders: readonly string[];
  readonly sent: StoredBody;
  readonly answered: StoredBody;
}

type Masked = Omit<RequestDetails, 'request'>;
type Message = Masked['sent'];

const pairsOf = (headers: readonly string[]): { readonly name: string; readonly value: string }[] =>
  Array.from({ length: headers.length >> 1 }, (_, at) => ({
    name: headers[2 * at] ?? '',
    value: headers[2 * at + 1] ?? '',
  }));

const headerOf = (headers: ReturnType<typeof pairsOf>, wanted: string): string =>
  headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? '';

/** Gives target, headers and bodies with secrets masked. A secret of one part is masked in all others too. */
export const maskDetails = (details: StoredDetails, secretHeaders: readonly string[]): Masked => {
  const { mask, maskRemembered } = createMask();
  const messageOf = (headers: readonly string[], { bytes, total }: StoredDetails['sent']): Message => {
    const pairs = pairsOf(headers);
    const type = headerOf(pairs, 'content-type');
    const body = maskBody({ bytes, total, type, encoding: headerOf(pairs, 'content-encoding') }, mask);
    return {
      headers: pairs.map(({ name, value }) => ({ name, value: maskHeader(name, value, secretHeaders, mask) })),
      ...(body !== undefined && { body }),
      ...(total !== undefined && { bodyBytes: total }),
      truncated: total === undefined ? bytes.length > 0 : total > bytes.length,
    };
  };
  const again = ({ headers, body, ...rest }: Message): Message => ({
    ...rest,
    headers: headers.map(({ name, value }) => ({ name, value: maskRemembered(value) })),
    ...(body !== undefined && { body: maskRemembered(body) }),
  });
  const target = maskTarget(details.target, mask);
  const sent = messageOf(details.sentHeaders, details.sent);
  const answered = messageOf(details.answeredHeaders, details.answered);
  return { target: maskRemembered(target), secure: details.secure, sent: again(sent), answered: again(answered) };
};
