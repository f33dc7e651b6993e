import { homedir } from 'node:os';
import type { OutputOf } from '../../preload/contract/define.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { MethodOf } from '../../preload/contract/index.ts';

/**
 * The report for a data folder that cannot be opened: one problem, safe to paste, so without its place. Throws errors that
 * say nothing about the folder.
 */
export function unopenedReport(error: unknown, folder: string): OutputOf<MethodOf<'doctor.run'>> {
  if (!(error instanceof KeyfobError) || error.code === 'cancelled') throw error;
  const words = error.message.replaceAll(folder, '<data folder>').replaceAll(homedir(), '~');
  const [found = words, todo = 'Mend that, then run this again.'] = words.split(/; (.*)/s);
  return { items: [{ check: 'Data folder', state: 'problem', found, todo }] };
}
