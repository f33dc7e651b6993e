import type { GatewayFault } from '../../engine/gateway/gateway.ts';
import { type Fault, type Profile, sequenceFault } from './fault.ts';

const notFound: Fault = {
  ...sequenceFault(404, 404, 'The requested resource is not available.', 'Not Found', 'main'),
  soap: { code: 'Server', reason: 'The requested endpoint is not available.' },
};
const noResource = sequenceFault(404, 404, 'No matching resource found for given API Request');
const otherVerb = sequenceFault(405, 405, 'Method not allowed for given API resource');

/** Gives a fault of the search for API and resource (gateway reference 5.1, rows 1 to 4). `scheme`: `http` or `https`. */
export const dispatchFault = ({ code, noApi = false }: GatewayFault, scheme: string): Fault => {
  if (code === 405) return otherVerb;
  if (code === 403) {
    const text = `Unsupported Transport [ ${scheme} ]. The requested resource is not available.`;
    return sequenceFault(403, 403, text, 'Forbidden', 'main');
  }
  return noApi ? notFound : noResource;
};

/** Gives the fault of an API in state BLOCKED (gateway reference 3.2). */
export const lifecycleFault = (profile: Profile): Fault => {
  const label = 'API blocked';
  const description =
    'This API has been blocked temporarily. Please try again later or contact the system administrators.';
  return {
    source: 'lifecycle',
    status: 503,
    code: 700700,
    ...(profile === '4.x' ? { type: label } : { message: label }),
    description,
    soap: { code: 'Server', reason: description },
  };
};

/** Gives the fault of a key type without a backend (gateway reference 2.5). */
export const keyTypeFault = ({ keyType = 'PRODUCTION' }: GatewayFault): Fault => {
  const [name, endpoint] = keyType === 'PRODUCTION' ? ['Production', 'production'] : ['Sandbox', 'sandbox'];
  return sequenceFault(403, 900901, `${name} key offered to the API with no ${endpoint} endpoint`);
};
