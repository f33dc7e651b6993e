import type { Seeded } from './seed.ts';
import type { Load } from './wrk.ts';

/** The figures whose load is repeated over every store. */
export const loadNames = ['issue', 'reuse', 'recent', 'any', 'revoke', 'devices'] as const;
export type LoadName = (typeof loadNames)[number];

/**
 * The loads of rows 1 to 6 over one seeded store. The order is the order of a round: what leaves more live rows behind
 * (`devices`) comes last.
 */
export function loadsOf(seeded: Seeded): Readonly<Record<LoadName, Load>> {
  const { renewing, reusing, files } = seeded;
  const issue = { path: '/token', prefix: 'grant_type=client_credentials&scope=device_' };
  const introspect = { path: '/oauth2/introspect', prefix: 'token=', authorization: reusing };
  return {
    issue: { ...issue, authorization: renewing, values: files.renewing },
    reuse: { ...issue, authorization: reusing, values: files.reusing },
    recent: { ...introspect, values: files.recent },
    any: { ...introspect, values: files.any },
    revoke: { ...issue, authorization: reusing, revokePath: '/revoke' },
    devices: {
      path: '/token',
      prefix: `grant_type=password&username=${seeded.username}&password=${seeded.password}&scope=device_`,
      authorization: reusing,
    },
  };
}
