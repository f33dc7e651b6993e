import type { Ports } from '../ports/ports.ts';
import { livingApplications } from '../references.ts';
import type { ActiveFault, FaultList } from './faultList.ts';

/** The faults whose application and API still exist. */
export const activeFaults = (ports: Ports, faults: Pick<FaultList, 'list'>): readonly ActiveFault[] => {
  const all = faults.list();
  if (all.length === 0) return all;
  const living = new Set(livingApplications(ports).map(({ id }) => id));
  return all.filter(
    ({ applicationId, apiId }) =>
      (applicationId === undefined || living.has(applicationId)) &&
      (apiId === undefined || ports.store.apis.byId(apiId) !== undefined),
  );
};
