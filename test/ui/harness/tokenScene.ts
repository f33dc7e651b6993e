import type { ServedKeyfob } from './keyfob.ts';

/** The tokens of {@link fillTokens}, by purpose. */
export interface TokenScene {
  /** Application tokens that keys came with. */
  readonly shopProduction: number;
  readonly shopSandbox: number;
  readonly billing: number;
  /** Ann's device tokens in Shop's Production. */
  readonly ipad: number;
  readonly pixel: number;
  /**
   * Ben's tokens in Shop's Sandbox: with a scope, never expiring, soon expiring, expired but ACTIVE, EXPIRED and its
   * replacement.
   */
  readonly reports: number;
  readonly never: number;
  readonly soon: number;
  readonly overdue: number;
  readonly expired: number;
  readonly afterExpired: number;
  /** Ann's refreshed and revoked tokens. */
  readonly refreshed: number;
  readonly afterRefreshed: number;
  readonly revoked: number;
}

/** Creates two applications, two users, and tokens in every state and of every kind. */
export async function fillTokens({ call }: ServedKeyfob): Promise<TokenScene> {
  await call('users.create', { username: 'ann', password: 's3cret' });
  await call('users.create', { username: 'ben', password: 's3cret' });
  await call('scopes.create', { name: 'reports' });
  await call('applications.create', { name: 'Shop' });
  await call('applications.create', { name: 'Billing' });
  const sandbox = { application: 'Shop', keyType: 'SANDBOX' } as const;
  const production = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  const shopProduction = (await call('keys.generate', { ...production, validitySeconds: 86_400 })).token.id;
  const shopSandbox = (await call('keys.generate', sandbox)).token.id;
  const billing = (await call('keys.generate', { application: 'Billing', keyType: 'PRODUCTION' })).token.id;
  const ofAnn = async (scope: string) => (await call('tokens.issue', { ...production, username: 'ann', scope })).id;
  const ofBen = async (scope: string) => (await call('tokens.issue', { ...sandbox, username: 'ben', scope })).id;
  const endIn = (id: number, inSeconds: number) => call('tokens.setExpiry', { token: String(id), inSeconds });

  const expired = await ofBen('device_watch');
  await endIn(expired, 0);
  const afterExpired = await ofBen('device_watch');
  const reports = await ofBen('reports');
  await call('keys.update', { ...sandbox, userTokenValiditySeconds: -1 });
  const never = await ofBen('device_robot');
  await call('keys.update', { ...sandbox, userTokenValiditySeconds: 7200 });
  const refreshed = await ofAnn('device_phone');
  const afterRefreshed = (await call('tokens.refresh', { token: String(refreshed) })).id;
  const revoked = await ofAnn('device_old');
  await call('tokens.revoke', { token: String(revoked) });
  const overdue = await ofBen('device_lost');
  await endIn(overdue, 0);
  const soon = await ofBen('device_soon');
  await endIn(soon, 300);
  const pixel = await ofAnn('device_pixel');
  const ipad = await ofAnn('device_ipad');
  await ofAnn('device_ipad');
  return {
    ...{ shopProduction, shopSandbox, billing, ipad, pixel, reports, never, soon, overdue },
    ...{ expired, afterExpired, refreshed, afterRefreshed, revoked },
  };
}
