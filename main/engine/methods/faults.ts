import type { Handlers } from '../../../preload/contract/index.ts';
import { findApi } from '../apis/findApi.ts';
import { badInput, notFound } from '../errors.ts';
import { activeFaults } from '../faults/activeFaults.ts';
import { type ActiveFault, type FaultList, fitsRoute } from '../faults/faultList.ts';
import type { FaultSource, FaultTarget } from '../faults/faultSource.ts';
import { faultView, faultWhy } from '../faults/faultTexts.ts';
import type { Ports } from '../ports/ports.ts';
import { findApplication, findClient } from '../references.ts';

const emitChanged = (ports: Ports, faults: FaultList): void =>
  ports.events.emit('faults.changed', () => ({
    items: activeFaults(ports, faults).map((fault) => faultView(ports, fault)),
  }));

/** Where endpoint and gateway get the faults. It changes nothing but the count of replies. */
const createSource = (ports: Ports, faults: FaultList): FaultSource => {
  const { tokens, keySets } = ports.store;
  const matcher = ({ route, clientId, accessToken, apiId, ...known }: FaultTarget) => {
    const row = accessToken === undefined ? undefined : tokens.byValue(accessToken);
    const ofToken = row && keySets.byId(row.keySetId);
    const keySet = clientId === undefined ? ofToken : keySets.byConsumerKey(clientId);
    const applicationId = known.applicationId ?? keySet?.applicationId;
    const keyType = known.keyType ?? keySet?.keyType;
    return (fault: ActiveFault): boolean =>
      fitsRoute(fault.kind, route) &&
      (fault.route === undefined || fault.route === route) &&
      (fault.applicationId === undefined || fault.applicationId === applicationId) &&
      (fault.keyType === undefined || fault.keyType === keyType) &&
      (fault.apiId === undefined || fault.apiId === apiId);
  };
  return {
    take(target) {
      if (faults.list().length === 0) return undefined;
      const taken = faults.take(matcher(target));
      if (taken === undefined) return undefined;
      emitChanged(ports, faults);
      return { kind: taken.kind, seconds: taken.seconds, why: () => faultWhy(taken) };
    },
  };
};

/** Handlers of the faults on purpose, and where endpoint and gateway get them. */
export const createFaults = (
  ports: Ports,
  faults: FaultList,
): { readonly handlers: Handlers['faults']; readonly source: FaultSource } => {
  const changed = () => emitChanged(ports, faults);
  const handlers: Handlers['faults'] = {
    list: () => ({ items: activeFaults(ports, faults).map((fault) => faultView(ports, fault)) }),
    async add({ kind, replies, seconds, application, keyType, api, route }) {
      if (api !== undefined && route !== undefined && route !== 'gateway') {
        throw badInput('route', `Only the gateway answers requests to an API. Leave out the route /${route}.`);
      }
      const answeredBy = route ?? (api === undefined ? undefined : 'gateway');
      if (answeredBy !== undefined && !fitsRoute(kind, answeredBy)) {
        const who = answeredBy === 'gateway' ? 'The gateway' : `/${answeredBy}`;
        throw badInput('kind', `${who} never answers ${kind}. Choose another kind or route.`);
      }
      const row = application === undefined ? undefined : findApplication(ports, application);
      if (application !== undefined && keyType !== undefined) findClient(ports, { application, keyType });
      const added = faults.add({
        ...{ kind, left: replies, seconds, keyType, route },
        applicationId: row?.id,
        apiId: api === undefined ? undefined : findApi(ports, api).id,
      });
      changed();
      return faultView(ports, added);
    },
    async end({ fault }) {
      const ended = faults.end(fault);
      if (ended === undefined) throw notFound('fault', `No fault has the number ${fault}. Its replies may be used up.`);
      changed();
      return faultView(ports, ended);
    },
    async endAll() {
      const ended = faults.endAll();
      if (ended > 0) changed();
      return { ended };
    },
  };
  return { handlers, source: createSource(ports, faults) };
};
