import type { OutputOf, ParsedInputOf, Progress, Watch } from '../../../../preload/contract/define.ts';
import type { VerifiedDevice } from '../../../../preload/contract/devices.ts';
import { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { Contract } from '../../../../preload/contract/index.ts';
import { notFound } from '../../errors.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TokenFilter } from '../../ports/store/tokenFilter.ts';
import type { TokenRow } from '../../ports/store/tokens.ts';
import { findClient, findUser } from '../../references.ts';
import { deviceOf } from '../../scopeRules.ts';
import { revealAccessToken } from '../../tokens/tokenValues.ts';
import { apiModel, defaultApiUrl, demandThisMachine } from './apiCall.ts';
import { headerOf } from './replyReason.ts';
import { demandRunning } from './runSnippet.ts';
import { tokenNow } from './tokenNow.ts';

type Method = Contract['devices']['verify'];

const mostDevices = 1000;
/** Limits the search where few devices have many retired tokens. */
const searchedRows = 20_000;
const rowsPerStep = 1000;
const callsAtOnce = 6;

/** The newest token of each device, in any state, newest first. */
function* newestOfDevices({ store }: Ports, filter: TokenFilter): Generator<Progress, readonly TokenRow[], void> {
  const newest = new Map<string, TokenRow>();
  let beforeId: number | undefined = store.tokens.nextId();
  for (let searched = 0; searched < searchedRows && beforeId !== undefined; searched += rowsPerStep) {
    const page: ReturnType<typeof store.tokens.list> = store.tokens.list({ ...filter, beforeId }, rowsPerStep);
    for (const row of page.found) {
      const device = deviceOf(row.scope);
      if (device !== undefined && !newest.has(device)) newest.set(device, row);
      if (newest.size === mostDevices) return [...newest.values()];
    }
    beforeId = page.olderThanId;
    yield { done: searched, total: searchedRows };
  }
  return [...newest.values()];
}

/** The tokens to verify. Throws `not_found` without any. */
const rowsOf = async (ports: Ports, input: ParsedInputOf<Method>, watch: Watch): Promise<readonly TokenRow[]> => {
  const { keySet } = findClient(ports, input);
  const user = input.username === undefined ? undefined : findUser(ports, input.username, 'username');
  const filter: TokenFilter = {
    keySetIds: [keySet.id],
    userId: user?.id,
    userType: user === undefined ? 'APPLICATION' : 'APPLICATION_USER',
    forDevice: true,
  };
  const silent = { ...watch, onProgress: () => undefined };
  const rows =
    input.tokens === undefined
      ? await ports.steps.read(newestOfDevices(ports, filter), silent)
      : input.tokens
          .map((id) => ports.store.tokens.byId(id))
          .filter((row) => row !== undefined)
          .filter(({ keySetId, scope }) => keySetId === keySet.id && deviceOf(scope) !== undefined);
  if (rows.length > 0) return rows;
  throw notFound('device', 'No device tokens match this selection. Mint some first.');
};

/** Calls the API with one token. Rejects with `cancelled` only. */
const verify = async (ports: Ports, url: string, row: TokenRow, watch: Watch): Promise<VerifiedDevice> => {
  const outcome = await answerTo(ports, url, row, watch);
  const { state } = ports.store.tokens.byId(row.id) ?? row;
  const retiredAtMs = state === 'ACTIVE' ? undefined : ports.store.tokens.history(row.id).at(-1)?.atMs;
  return {
    device: deviceOf(row.scope) ?? '',
    tokenId: row.id,
    ...outcome,
    state,
    ...(retiredAtMs !== undefined && { retiredAtMs }),
  };
};

const refusals: ReadonlySet<number> = new Set([401, 403, 429]);

const answerTo = async (
  ports: Ports,
  url: string,
  row: TokenRow,
  watch: Watch,
): Promise<Pick<VerifiedDevice, 'status' | 'ok' | 'text'>> => {
  try {
    const reply = await ports.runCall(apiModel(ports, url, revealAccessToken(ports, row.id)), watch);
    const { status } = reply;
    if (status >= 200 && status < 300) return { status, ok: true, text: `answered ${status}` };
    const reason = headerOf(reply, 'x-keyfob-reason') ?? tokenNow(ports, row);
    return refusals.has(status)
      ? { status, ok: false, text: `refused with ${status}: ${reason}` }
      : { status, ok: false, text: `answered ${status}` };
  } catch (error) {
    if (!(error instanceof KeyfobError) || error.code === 'cancelled') throw error;
    return { ok: false, text: `not answered: ${error.message}` };
  }
};

/**
 * Calls an API with the token of each device, some at once. Rejects with `not_found` without tokens, `bad_input` for an
 * address that is not this machine, `call_failed` while the endpoint is stopped, and `cancelled`.
 */
export const verifyDevices = async (
  ports: Ports,
  input: ParsedInputOf<Method>,
  watch: Watch,
): Promise<OutputOf<Method>> => {
  const { url = defaultApiUrl(ports) } = input;
  demandThisMachine(ports, apiModel(ports, url, null));
  if (input.url === undefined) demandRunning(ports);
  const rows = await rowsOf(ports, input, watch);
  const items: VerifiedDevice[] = [];
  const waiting = [...rows.entries()];
  let done = 0;
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (watch.cancelled()) throw new KeyfobError('cancelled', 'Cancelled.');
      const [at, row] = next;
      items[at] = await verify(ports, url, row, watch);
      done += 1;
      watch.onProgress({ done, total: rows.length });
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, work));
  return { url, items };
};
