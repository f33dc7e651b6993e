import type { Handlers } from '../../../preload/contract/index.ts';
import { findTier, usersOfTier } from '../apis/tierRules.ts';
import { badInput, conflict } from '../errors.ts';
import type { Throttle } from '../gateway/throttling/throttle.ts';
import type { Ports } from '../ports/ports.ts';
import type { TierRow } from '../ports/store/tiers.ts';
import { patched } from './shared/patched.ts';

const unlimited = 'Unlimited';
/** Requests without a token count at this subscription tier (gateway reference 2.4). */
const unauthenticated = 'Unauthenticated';

const demandChangeable = ({ level, name }: TierRow): void => {
  if (name !== unlimited) return;
  throw conflict('name', `The ${level} tier ${unlimited} cannot be changed or deleted. Create another tier.`);
};

/** Burst control and passing over the quota belong to subscriptions, users of their own to APIs (reference 4.1, 4.2). */
const demandFitsLevel = ({ level, burstLimit, stopOnQuota, perUser }: Omit<TierRow, 'id'>): void => {
  if (level !== 'subscription' && burstLimit !== null) {
    throw badInput('burstLimit', 'Only subscription tiers limit bursts. Leave it out, or create a subscription tier.');
  }
  if (level !== 'subscription' && !stopOnQuota) {
    throw badInput('stopOnQuota', 'Only subscription tiers can let requests over the quota pass.');
  }
  if (level !== 'advanced' && perUser) {
    throw badInput('perUser', 'Only advanced tiers count each user. Leave it out, or create an advanced tier.');
  }
};

const mostNamed = 5;

const demandUnused = (ports: Ports, row: TierRow): void => {
  const users = usersOfTier(ports, row);
  if (users.length === 0) return;
  const more = users.length > mostNamed ? ` and ${users.length - mostNamed} more` : '';
  const named = users.slice(0, mostNamed).join(', ');
  throw conflict(
    'name',
    `The ${row.level} tier ${row.name} is in use by ${named}${more}. Give them another tier first.`,
  );
};

export const tierHandlers = (ports: Ports, throttle: Throttle): Handlers['tiers'] => ({
  list: () => ({ items: [...ports.store.tiers.list()] }),
  create: (input) => {
    if (ports.store.tiers.byName(input.level, input.name) !== undefined) {
      throw conflict(
        'name',
        `The ${input.level} tier ${input.name} already exists. Change it, or choose another name.`,
      );
    }
    const fresh = { ...input, builtIn: false };
    demandFitsLevel(fresh);
    const row = ports.store.tiers.insert(fresh);
    ports.events.emit('tiers.changed', { tierId: row.id });
    return row;
  },
  update: ({ level, name, ...changes }) => {
    const before = findTier(ports, level, name, 'tier');
    demandChangeable(before);
    const row = patched(before, changes);
    demandFitsLevel(row);
    ports.store.tiers.update(row);
    ports.events.emit('tiers.changed', { tierId: row.id });
    return row;
  },
  delete: ({ level, name }) => {
    const row = findTier(ports, level, name, 'tier');
    demandChangeable(row);
    if (level === 'subscription' && name === unauthenticated) {
      throw conflict('name', `Requests without a token count at the tier ${name}, so it cannot be deleted.`);
    }
    demandUnused(ports, row);
    ports.store.tiers.delete(row.id);
    ports.events.emit('tiers.changed', { tierId: row.id });
    return row;
  },
  counters: () => ({
    items: throttle.counters().map(({ quota, of, count, endMs }) => {
      const { level, tier, limit, counts } = quota;
      return { level, of, tier, count, limit, counts, windowEndsAtMs: endMs };
    }),
  }),
  resetCounters: async () => {
    const reset = throttle.reset();
    ports.events.emit('tiers.changed', {});
    return { reset };
  },
});
