import type { About } from '../../../../preload/contract/about.ts';
import type { Settings } from '../../../../preload/contract/settings/settings.ts';
import { countOf } from '../../../ui/facts/count.ts';
import { defaults, type SettingName } from '../words.ts';

const steps = [
  [1_073_741_824, 'GB'],
  [1_048_576, 'MB'],
  [1024, 'kB'],
] as const;

/** A file size: "1.4 MB". */
export function sizeWords(bytes: number): string {
  const [size, unit] = steps.find(([least]) => bytes >= least) ?? [1, 'bytes'];
  return `${size === 1 ? bytes : (bytes / size).toFixed(1)} ${unit}`;
}

/** Machine names are private, and scope names may be a company's. */
const personal: readonly SettingName[] = ['extraNames', 'allowedScopePatterns'];

function changedSettings(settings: Settings): string {
  const changed = Object.entries(settings).flatMap(([key, value]) => {
    // The keys of the settings are their names.
    const name = key as SettingName;
    if (JSON.stringify(value) === JSON.stringify(defaults[name])) return [];
    return [personal.includes(name) ? `${name} (changed)` : `${name}=${JSON.stringify(value)}`];
  });
  return changed.length === 0 ? 'all default' : changed.join(', ');
}

/** Gives the text for a bug report: no secrets, no names of people or machines, no paths. */
export function bugReport(about: About, settings: Settings, browser: string): string {
  const { mode = 'none', state, recoveryKey } = about.vault;
  return [
    `Keyfob ${about.version} (${about.what}), Node ${about.node}`,
    `System: ${about.platform}`,
    `Browser: ${browser}`,
    `Database: ${sizeWords(about.databaseBytes)}, ${countOf(about.tokens, 'token')}`,
    `Vault: ${state}, ${mode}, recovery key ${recoveryKey}; keychain: ${about.keychain}`,
    `Settings: ${changedSettings(settings)}`,
  ].join('\n');
}
