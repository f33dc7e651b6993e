import type { GatewayFault } from '../../engine/gateway/gateway.ts';
import { authenticationFault } from './authentication.ts';
import { dispatchFault, keyTypeFault, lifecycleFault } from './dispatch.ts';
import type { Fault, Profile } from './fault.ts';
import { throttlingFault } from './throttling.ts';

/** Gives the texts of a fault in the words of a profile. `scheme`: `http` or `https`. */
export const wordFault = (fault: GatewayFault, profile: Profile, scheme: string): Fault => {
  switch (fault.stage) {
    case 'dispatch':
      return dispatchFault(fault, scheme);
    case 'lifecycle':
      return lifecycleFault(profile);
    case 'throttling':
      return throttlingFault(fault, profile);
    case 'backend':
      return keyTypeFault(fault);
    case 'authentication':
      return authenticationFault(fault, profile);
  }
};
