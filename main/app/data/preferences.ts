import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Preferences } from '../../../preload/contract/preferences.ts';
import type { PreferencesFile } from '../../engine/ports/machine.ts';

function readFile(path: string): Preferences {
  try {
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
    // The window validates each value, as another version may have written it.
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : {};
  } catch {
    // The file does not exist before the first change. A damaged one must not prevent a start.
    return {};
  }
}

/** The preferences in a JSON file, which is read at the first use. `write` throws errors of the file system. */
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
