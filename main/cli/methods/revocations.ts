import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodName } from '../../../preload/contract/index.ts';
import { didYouMean } from '../../../preload/contract/similar.ts';
import type { Caller } from '../../transport/reply.ts';

type Row = Readonly<Record<string, unknown>>;

const nothing = (field: string, message: string): KeyfobError =>
  new KeyfobError('not_found', message, { fields: [{ path: field, message }] });

/** The devices with a live token, in the application, key type and for the user that a call named. */
async function liveDevices({ application, keyType, user, username }: Row, call: Caller): Promise<readonly string[]> {
  const filter = { application, keyType, user: user ?? username, deviceTokens: true, state: 'ACTIVE', limit: 1000 };
  const { items } = await call('tokens.list', filter as never);
  return [...new Set(items.flatMap(({ device }) => device ?? []))];
}

/** Throws `not_found` or `conflict` when a revocation had nothing to revoke, which is a mistyped name most of the time. */
export async function demandRevoked(name: MethodName, input: Row, output: unknown, call: Caller): Promise<void> {
  const { revoked } = output as { readonly revoked?: boolean | number | readonly number[] };
  const isNothing = revoked === false || revoked === 0 || (Array.isArray(revoked) && revoked.length === 0);
  if (!isNothing || !['devices.revoke', 'tokens.revoke', 'tokens.revokeMany', 'tokens.revokeAll'].includes(name))
    return;
  if (name === 'tokens.revoke') {
    const { token } = output as { readonly token: { readonly id: number; readonly state: string } };
    throw new KeyfobError('conflict', `Token ${token.id} is ${token.state} already. Nothing was changed.`);
  }
  if (name === 'tokens.revokeMany') throw nothing('token', 'None of these tokens is live. Nothing was revoked.');
  const { device } = input;
  if (typeof device !== 'string') throw nothing('token', 'No live token matches. Nothing was revoked.');
  const near = didYouMean(device, await liveDevices(input, call));
  throw nothing('device', `No live token of device "${device}".${near}`);
}
