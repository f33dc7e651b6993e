import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import { extraScopes } from '../../../store/topics/tokens/extraScopes.ts';
import { deviceOf } from '../../../store/topics/tokens/tokenFacts.ts';
import type { UnnamedSet } from './useDeviceSets.ts';

/** The devices of tokens in their order, each once, with the extra scopes that all of them have. */
export const setOf = (tokens: readonly DeviceToken[]): UnnamedSet => {
  const [first = [], ...others] = tokens.map(extraScopes);
  const shared = first.filter((scope) => others.every((scopes) => scopes.includes(scope)));
  return { devices: [...new Set(tokens.map(deviceOf))], scope: shared.join(' ') };
};
