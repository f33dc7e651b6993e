import type { Fault } from '../../../preload/contract/faults.ts';
import { apiLabel } from '../apis/findApi.ts';
import type { Ports } from '../ports/ports.ts';
import type { ActiveFault } from './faultList.ts';

const replyText = ({ kind, seconds }: Pick<ActiveFault, 'kind' | 'seconds'>): string => {
  switch (kind) {
    case 'invalid_grant':
      return '400 invalid_grant';
    case 'invalid_client':
      return '401 invalid_client';
    case 'expired':
      return 'the answer for an expired token';
    case 'throttled':
      return `429 with Retry-After ${seconds} s`;
    case 'server_error':
      return '500';
    case 'unavailable':
      return '503';
    case 'delay':
      return `the true answer after ${seconds} s`;
    case 'cut':
      return 'a connection that is cut';
    case 'malformed':
      return 'a body that is cut short';
  }
};

/** The reason in the log of a reply that a fault shaped. */
export const faultWhy = (fault: Pick<ActiveFault, 'kind' | 'seconds' | 'left'>): string => {
  const left = fault.left === 0 ? 'It was the last one.' : `${fault.left} more will follow.`;
  return `A fault on purpose: ${replyText(fault)}. ${left}`;
};

/** A fault as lists show it. */
export const faultView = ({ store }: Pick<Ports, 'store'>, fault: ActiveFault): Fault => {
  const { id, kind, left, seconds, applicationId, keyType, apiId, route } = fault;
  const application = applicationId === undefined ? undefined : store.applications.byId(applicationId)?.name;
  const api = apiId === undefined ? undefined : store.apis.byId(apiId);
  const target = [
    ...(route === undefined ? [] : [route === 'gateway' ? 'the gateway' : `/${route}`]),
    ...(application === undefined ? [] : [`"${application}"${keyType === undefined ? '' : ` (${keyType})`}`]),
    ...(api === undefined ? [] : [apiLabel(api)]),
  ].join(', ');
  const replies = left === 1 ? 'The next reply' : `The next ${left} replies`;
  return {
    ...{ id, kind, left, seconds },
    ...(application !== undefined && { application }),
    ...(keyType !== undefined && { keyType }),
    ...(api !== undefined && { api: apiLabel(api) }),
    ...(route !== undefined && { route }),
    text: `${replies}${target === '' ? '' : ` to ${target}`}: ${replyText(fault)}.`,
  };
};
