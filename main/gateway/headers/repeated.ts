import type { FaultSource, Profile } from '../faults/fault.ts';
import { forEachHeader, hopByHopNames } from './lists.ts';

/** The setting must not let a request write headers that browsers obey, or show secrets. */
const neverRepeated =
  /^(?:access-control-(?:allow|expose|max)|authorization$|clear-site-data$|content-|cookie$|date$|expect$|retry-after$|set-cookie|strict-transport-security$|vary$|www-authenticate$|x-jwt-assertion$|x-keyfob-)/;
const alsoDropped: ReadonlySet<string> = new Set(['host', 'accept']);

/**
 * Gives the request headers that WSO2 repeats in a fault by accident (gateway reference 7). Only authentication and
 * throttling faults before 4.x repeat Host and Accept.
 */
export const repeatedHeaders = (
  rawHeaders: readonly string[],
  source: FaultSource,
  profile: Profile,
  credentialsHeader: string,
): readonly string[] => {
  const keepsAll = profile !== '4.x' && (source === 'authentication' || source === 'throttling');
  const hop = hopByHopNames(undefined);
  const kept: string[] = [];
  forEachHeader(rawHeaders, (lower, name, value) => {
    if (neverRepeated.test(lower) || hop.has(lower) || lower === credentialsHeader.toLowerCase()) return;
    if (keepsAll || !alsoDropped.has(lower)) kept.push(name, value);
  });
  return kept;
};
