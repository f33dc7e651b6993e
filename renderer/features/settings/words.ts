import { type Settings, settingsValues } from '../../../preload/contract/settings/settings.ts';
import { settingTexts } from '../../../preload/contract/settings/settingTexts.ts';
import { shownKeys } from '../../store/window/keys/keyPress.ts';
import { keyNames } from '../../ui/buttons/keyNames.ts';
import { formatDuration } from '../../ui/facts/duration.ts';

export type SettingName = keyof Settings;

/** The default settings. */
export const defaults: Settings = settingsValues.parse({});

/** Token time relative to real time: "1 h ahead". */
export function offsetWords(offsetSeconds: number): string {
  if (offsetSeconds === 0) return 'real time';
  return `${formatDuration(Math.abs(offsetSeconds))} ${offsetSeconds > 0 ? 'ahead' : 'back'}`;
}

const minutesWords = (minutes: number): string => (minutes === 1 ? '1 minute' : `${minutes} minutes`);

const daysWords = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

/** A setting's value in words, as on its page: "1 h", "never", "Keep it". */
export function valueWords(name: SettingName, value: Settings[SettingName]): string {
  const choice = settingTexts[name].choices?.find((candidate) => candidate.value === value);
  if (choice !== undefined) return choice.label;
  if (name === 'clockOffsetSeconds') return offsetWords(Number(value));
  if (name === 'lockAfterIdleMinutes') return value === null ? 'never' : minutesWords(Number(value));
  if (name === 'retiredTokensKeptDays') return value === null ? 'never' : `after ${daysWords(Number(value))}`;
  if (name.endsWith('ValiditySeconds')) return formatDuration(Number(value));
  if (name === 'skewSeconds' || name.startsWith('backend') || name === 'validationCacheSeconds')
    return `${String(value)} s`;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return String(value ?? 'none');
}

/** Keys in a sentence, in this system's form: "Ctrl+K". */
export const written = (keys: string): string => keyNames(shownKeys(keys)).join('+');
