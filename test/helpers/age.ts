import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** Debian's `age`, with a new key pair. */
export interface AgeTool {
  readonly recipient: string;
  /** The output of `age-keygen`, with its comments. */
  readonly keyFile: string;
  /** Decrypts a base64 file. */
  decrypt(file: string): string;
  /** Encrypts to a base64 file; `flags` are added to those for the recipient. */
  encrypt(text: string, flags?: readonly string[]): string;
}

/** A new key pair, in a folder that is removed with the test. */
export function ageTool(t: Pick<TestContext, 'after'>): AgeTool {
  const { remove, ...tool } = newAgeTool();
  t.after(remove);
  return tool;
}

/** The same in a folder that the caller removes. */
export function newAgeTool(): AgeTool & { remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-age-'));
  const key = join(folder, 'key.txt');
  execFileSync('age-keygen', ['-o', key], { stdio: 'ignore' });
  const recipient = execFileSync('age-keygen', ['-y', key]).toString().trim();
  const most = { maxBuffer: 64 * 1024 * 1024 };
  return {
    remove: () => rmSync(folder, { recursive: true, force: true }),
    recipient,
    keyFile: readFileSync(key, 'utf8'),
    decrypt(file) {
      const sealed = join(folder, 'sealed.age');
      writeFileSync(sealed, Buffer.from(file, 'base64'));
      return execFileSync('age', ['-d', '-i', key, sealed], most).toString();
    },
    encrypt: (text, flags = []) =>
      execFileSync('age', ['-r', recipient, ...flags], { input: text, ...most }).toString('base64'),
  };
}
