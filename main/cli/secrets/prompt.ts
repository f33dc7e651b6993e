import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { KeyfobError } from '../../../preload/contract/errors.ts';

/** Reads one line from the terminal and hides the typed text. Throws `cancelled` on Ctrl-C and Ctrl-D. */
export function askHidden(label: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
  process.stderr.write(label);
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('SIGINT', () => lines.close());
    lines.once('close', () => {
      process.stderr.write('\n');
      reject(new KeyfobError('cancelled', 'Cancelled; nothing was changed.'));
    });
  });
}
