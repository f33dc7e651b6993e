import type { Watch } from '../../../../preload/contract/define.ts';
import { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { RanCall } from '../../../../preload/contract/snippets.ts';
import type { Ports } from '../../ports/ports.ts';
import type { CallReply } from '../../ports/runCall.ts';
import type { SnippetModel } from '../../ports/snippet.ts';
import { currentPersistence } from '../../tokens/tokenValues.ts';
import { demandThisMachine } from './apiCall.ts';
import type { Call } from './callOf.ts';
import { maskReply, maskText } from './maskReply.ts';
import { headerOf, membersOf, newestRequest, replyReason } from './replyReason.ts';

/** Throws `call_failed` while the endpoint is stopped. */
export const demandRunning = ({ endpoint }: Ports): void => {
  if (endpoint.status().running) return;
  throw new KeyfobError('call_failed', 'The endpoint is stopped. Start it, then run the call again.');
};

/** Throws `token_value_not_kept` for a call with a token whose value is not stored. */
const demandValues = ({ bearer, form, server }: SnippetModel): void => {
  if (bearer !== null && form.every(({ value }) => value !== null)) return;
  const why = server === undefined ? 'Only a hash of this token is stored' : `Tokens of ${server} are not stored`;
  throw new KeyfobError(
    'token_value_not_kept',
    `${why}, so Keyfob cannot send it. Name the token by its value, or issue a new one.`,
  );
};

/** The token that a reply of the token endpoint issued, and its values if they cannot be read again. */
const issuedBy = (ports: Ports, { call }: SnippetModel, { status, body }: CallReply) => {
  if ((call !== 'token' && call !== 'refresh') || status !== 200) return undefined;
  const { access_token: accessToken, refresh_token: refreshToken } = membersOf(body);
  const row = typeof accessToken === 'string' ? ports.store.tokens.byValue(accessToken) : undefined;
  if (typeof accessToken !== 'string' || row === undefined) return undefined;
  if (currentPersistence(ports, row) !== 'hashed') return { tokenId: row.id };
  const refresh = typeof refreshToken === 'string' ? { refreshToken } : {};
  return { tokenId: row.id, shownOnce: { accessToken, ...refresh, scope: row.scope } };
};

/**
 * Makes a call and describes its reply. Rejects with `bad_input` for an address that is not this machine, `call_failed`,
 * `token_value_not_kept` and `cancelled`.
 */
export const runSnippet = async (ports: Ports, call: Call, reveal: boolean, watch: Watch): Promise<RanCall> => {
  const { model, row } = call;
  demandThisMachine(ports, model);
  demandValues(model);
  const { server } = model;
  if (model.call !== 'api' && server === undefined) demandRunning(ports);
  const before = newestRequest(ports);
  const reply = await ports.runCall(model, watch);
  const issued = issuedBy(ports, model, reply);
  const contentType = headerOf(reply, 'content-type');
  const why = server === undefined ? replyReason(ports, call, reply, { before, tokenId: issued?.tokenId }) : undefined;
  const { headers, body } = reveal ? reply : maskReply(model, reply);
  const { status, statusText, bodyBytes, truncated, durationMs } = reply;
  return {
    request: `${model.method} ${maskText(model, model.url)}`,
    ...{ status, statusText, headers: [...headers], bodyBytes, truncated, durationMs },
    ...(contentType !== undefined && { contentType }),
    ...(body !== undefined && { body }),
    ...(row !== undefined && { usedTokenId: row.id }),
    ...issued,
    ...(why !== undefined && { why }),
  };
};
