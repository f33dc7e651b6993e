import type { InputOf, OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { Host } from '../../../host/host.ts';

/** A device's token, without its value. */
export type DeviceToken = OutputOf<MethodOf<'tokens.readMany'>>['items'][number];

/** The largest number of tokens that the contract reads in one call. */
const rowsPerCall = 1000;
/** How many retired tokens are shown, of each state. */
const retiredPerState = 100;

/** Reads these tokens. Unknown ids are left out. Throws `KeyfobError`. */
export async function readTokens(host: Host, ids: readonly number[]): Promise<readonly DeviceToken[]> {
  const parts: DeviceToken[][] = [];
  for (let from = 0; from < ids.length; from += rowsPerCall) {
    const input = { ids: ids.slice(from, from + rowsPerCall), last4: true };
    parts.push((await host.call('tokens.readMany', input)).items);
  }
  return parts.flat();
}

/** Reads all ACTIVE tokens of a filter, and the newest retired ones. Throws `KeyfobError`. */
export async function readLiveAndRetired(
  host: Host,
  filter: InputOf<MethodOf<'tokens.ids'>>,
): Promise<readonly DeviceToken[]> {
  const [{ ids }, ...retired] = await Promise.all([
    host.call('tokens.ids', { ...filter, state: 'ACTIVE' }),
    ...(['INACTIVE', 'EXPIRED', 'REVOKED'] as const).map((state) =>
      host.call('tokens.list', { ...filter, state, limit: retiredPerState }),
    ),
  ]);
  return [...retired.flatMap(({ items }) => items), ...(await readTokens(host, ids))];
}
