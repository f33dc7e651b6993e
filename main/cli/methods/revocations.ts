import { KeyfobError } from '../../../preload/contract/errors.ts';
import { didYouMean } from '../../../preload/contract/similar.ts';
import type { Caller } from '../../transport/reply.ts';
import type { Row } from '../text/rows.ts';

/** The error of a revocation that revoked nothing, which usually means a mistyped name. */
export const noneRevoked = (field: string, message: string): KeyfobError =>
  new KeyfobError('not_found', message, { fields: [{ path: field, message }] });

/** The devices with a live token in the application, key type and user of a call. */
async function liveDevices({ application, keyType, user, username }: Row, call: Caller): Promise<readonly string[]> {
  const filter = { application, keyType, user: user ?? username, deviceTokens: true, state: 'ACTIVE', limit: 1000 };
  const { items } = await call('tokens.list', filter as never);
  return [...new Set(items.flatMap(({ device }) => device ?? []))];
}

/** Throws `not_found` if a call revoked no token. For a device it suggests similar names. */
export async function demandRevoked(revoked: number, input: Row, call: Caller): Promise<void> {
  if (revoked > 0) return;
  const { device } = input;
  if (typeof device !== 'string') throw noneRevoked('token', 'No live token matches. Nothing was revoked.');
  const near = didYouMean(device, await liveDevices(input, call));
  throw noneRevoked('device', `No live token of device "${device}".${near}`);
}
