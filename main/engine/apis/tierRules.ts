import { didYouMean } from '../../../preload/contract/similar.ts';
import type { TierLevel } from '../../../preload/contract/tiers.ts';
import { notFound } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { TierRow } from '../ports/store/tiers.ts';
import { apiLabel } from './findApi.ts';

/** The tier of this level and name. `field` is the input field that named it. Throws `not_found`. */
export const findTier = ({ store }: Pick<Ports, 'store'>, level: TierLevel, name: string, field: string): TierRow => {
  const row = store.tiers.byName(level, name);
  if (row !== undefined) return row;
  const ofLevel = store.tiers.list().filter((tier) => tier.level === level);
  const known = ofLevel.map((tier) => tier.name);
  const near = didYouMean(name, known) || ` The ${level} tiers are ${known.join(', ')}.`;
  throw notFound(field, `No ${level} tier named "${name}".${near}`);
};

/** The applications, subscriptions or APIs that have a tier, as words for a message. */
export const usersOfTier = ({ store }: Pick<Ports, 'store'>, { level, name }: TierRow): readonly string[] => {
  if (level === 'application') {
    // A deleted application can be restored, so its tier must stay.
    return store.applications
      .list()
      .filter(({ tier }) => tier === name)
      .map((row) => `application "${row.name}"`);
  }
  if (level === 'subscription') {
    return store.subscriptions
      .list()
      .filter(({ tier }) => tier === name)
      .map(({ id, applicationId, apiId }) => {
        const application = store.applications.byId(applicationId);
        const api = store.apis.byId(apiId);
        return application && api
          ? `the subscription of "${application.name}" to ${apiLabel(api)}`
          : `subscription ${id}`;
      });
  }
  return store.apis
    .list()
    .filter(({ tier, resources }) => tier === name || resources.some((resource) => resource.tier === name))
    .map((row) => `API ${apiLabel(row)}`);
};
