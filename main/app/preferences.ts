import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Preferences } from '../../preload/contract/preferences.ts';
import type { PreferencesFile } from '../engine/ports/machine.ts';

function readFile(path: string): Preferences {
  try {
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
    // The window checks each value by itself, as another version may have written it.
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : {};
  } catch {
    // Absent before the first choice. A damaged one costs choices of looks, which is no reason to refuse a start.
    return {};
  }
}

/** The preferences in a JSON file; it is read when they are first asked for. `write` throws what the file system throws. */
export function createPreferences(path: string): PreferencesFile {
  let known: Preferences | undefined;
  return {
    read() {
      known ??= readFile(path);
      return known;
    },
    write(preferences) {
      writeFileSync(`${path}.new`, `${JSON.stringify(preferences, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${path}.new`, path);
      known = preferences;
    },
  };
}
