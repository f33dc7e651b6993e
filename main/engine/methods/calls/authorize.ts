import type { ParsedInputOf, Watch } from '../../../../preload/contract/define.ts';
import { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { Contract } from '../../../../preload/contract/index.ts';
import type { AuthorizedToken } from '../../../../preload/contract/tokens.ts';
import type { Client } from '../../clients/client.ts';
import { demandActive, demandGrant } from '../../clients/clientRules.ts';
import { explain } from '../../decisions/reasons.ts';
import type { CallbackReceiver, JudgeCallback } from '../../ports/callbackReceiver.ts';
import type { Ports } from '../../ports/ports.ts';
import type { CallReply } from '../../ports/runCall.ts';
import { findClient } from '../../references.ts';
import { splitScopes, wellFormedScopes } from '../../scopeRules.ts';
import { currentPersistence } from '../../tokens/tokenValues.ts';
import { forPerson } from '../shared/issueForPerson.ts';
import { authorizeUrlOf, type CodeRequest, exchangeModel, ownCallback, randomText } from './codeFlow.ts';
import { membersOf, newestRequest, replyReason } from './replyReason.ts';
import { demandRunning } from './runSnippet.ts';

type Input = ParsedInputOf<Contract['tokens']['authorize']>;

/**
 * Judges the answer at the callback. Only the server knows the state, and `iss` names the server:
 * https://www.rfc-editor.org/rfc/rfc9207#section-2.4
 */
const judgeOf =
  (ports: Ports, state: string): JudgeCallback =>
  (parameters) => {
    if (parameters.get('state') !== state) {
      return { kind: 'wrong', why: 'The state is of another sign-in.' };
    }
    const issuer = parameters.get('iss');
    if (issuer === undefined ? ports.store.settings.read().issParameter : issuer !== ports.endpoint.issuer()) {
      return { kind: 'wrong', why: 'The parameter iss does not name the endpoint of Keyfob.' };
    }
    const [error, code] = [parameters.get('error'), parameters.get('code')];
    if (error) return { kind: 'error', error, description: parameters.get('error_description') ?? '' };
    return code ? { kind: 'code', code } : { kind: 'wrong', why: 'The answer has neither a code nor an error.' };
  };

const openReceiver = async (ports: Ports, client: Client): Promise<CallbackReceiver> => {
  const callback = ownCallback(ports, client);
  try {
    return await ports.openCallbackReceiver(callback);
  } catch (error) {
    if (!(error instanceof KeyfobError) || error.code !== 'port_in_use') throw error;
    const hint = callback.anyPort
      ? ''
      : ' A callback without regexp= may have any port while the setting loopbackPorts is on.';
    throw new KeyfobError(
      'port_in_use',
      `Keyfob cannot listen at the callback ${callback.url}: its port is taken or forbidden. Stop the program that listens there.${hint}`,
      error.details,
      { cause: error },
    );
  }
};

/** Waits for the code of a sign-in. Throws `refused` for an error of the endpoint, `call_failed` and `cancelled`. */
const receiveCode = async (
  ports: Ports,
  client: Client,
  receiver: CallbackReceiver,
  request: CodeRequest & { readonly state: string },
  { limitMs, watch }: { readonly limitMs: number; readonly watch: Watch },
): Promise<string> => {
  if (watch.cancelled()) throw new KeyfobError('cancelled', 'Cancelled.');
  const received = receiver.receive(judgeOf(ports, request.state), { limitMs, watch });
  watch.onProgress({ done: 0, total: 1, openUrl: authorizeUrlOf(ports, client, request) });
  const answer = await received;
  if (answer.kind === 'code') return answer.code;
  const { error, description } = answer;
  throw new KeyfobError('refused', `The sign-in ended with ${error}: ${description || 'no description'}.`, {
    oauth: { error, errorDescription: description, status: 400 },
  });
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The token of a good reply. Its reason is that of the reuse, or of its first row of history. */
const tokenOf = (ports: Ports, { body }: CallReply): AuthorizedToken | undefined => {
  const members = membersOf(body);
  const accessToken = textOf(members.access_token);
  const row = accessToken === undefined ? undefined : ports.store.tokens.byValue(accessToken);
  if (accessToken === undefined || row === undefined) return undefined;
  const reuse = ports.decisions.ofToken(row.id).find(({ reason }) => reason.rule === 'reused');
  const reason = reuse?.reason ?? ports.store.tokens.history(row.id)[0]?.reason;
  if (reason === undefined) return undefined;
  const [refreshToken, idToken] = [textOf(members.refresh_token), textOf(members.id_token)];
  const expiresIn = Number(members.expires_in);
  return {
    ...{ id: row.id, accessToken, scope: row.scope, tokenType: 'Bearer' },
    ...(refreshToken !== undefined && { refreshToken }),
    ...(idToken !== undefined && { idToken }),
    // "Never" is a number of seconds that is no safe integer.
    expiresInSeconds: Number.isSafeInteger(expiresIn) ? expiresIn : null,
    reused: reuse !== undefined,
    persistence: currentPersistence(ports, row),
    reason,
    why: explain(reason),
  };
};

const exchange = async (
  ports: Ports,
  client: Client,
  request: CodeRequest,
  code: string,
  watch: Watch,
): Promise<AuthorizedToken> => {
  const model = exchangeModel(ports, client, { ...request, code });
  const before = newestRequest(ports);
  const reply = await ports.runCall(model, watch);
  const token = reply.status === 200 ? tokenOf(ports, reply) : undefined;
  if (token !== undefined) return token;
  const members = membersOf(reply.body);
  const [error, errorDescription = ''] = [textOf(members.error), textOf(members.error_description)];
  const why = replyReason(ports, { model }, reply, { before, tokenId: undefined });
  throw new KeyfobError(
    error === undefined ? 'call_failed' : 'refused',
    why ?? `The token endpoint answered the exchange with ${reply.status} ${error ?? ''} ${errorDescription}`.trim(),
    error === undefined ? {} : { oauth: { error, errorDescription, status: reply.status } },
  );
};

/**
 * Completes the code flow as a native app does (https://www.rfc-editor.org/rfc/rfc8252#section-7.3): gives the address to
 * open as progress, waits for the sign-in, exchanges the code at the real token endpoint. Rejects with `call_failed` while
 * the endpoint is stopped and after the time limit; `refused` for keys without this grant or without a callback on this
 * machine, and for an error of the endpoint; `not_found`, `port_in_use`, and `cancelled`.
 */
export const authorize = async (ports: Ports, input: Input, watch: Watch): Promise<AuthorizedToken> => {
  demandRunning(ports);
  const client = findClient(ports, input);
  const scope = forPerson(ports, (context) => {
    context.client = client;
    demandActive(context, client);
    demandGrant(context, client, 'authorization_code');
    return splitScopes(wellFormedScopes(context, input.scope)).join(' ');
  });
  const receiver = await openReceiver(ports, client);
  const [verifier, state, nonce] = [randomText(ports), randomText(ports), randomText(ports)];
  const { redirectUri } = receiver;
  const request = { redirectUri, scope, verifier, state, nonce, loginHint: input.username };
  const limitMs = input.timeoutSeconds * 1000;
  const code = await receiveCode(ports, client, receiver, request, { limitMs, watch }).finally(receiver.close);
  return await exchange(ports, client, request, code, watch);
};
