import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findSecrets, formsOf, type SecretForms } from '../helpers/secretForms.ts';

/** Records files and output, and searches them for the secrets of a test. */
export interface LeakDetector {
  /** Adds a secret to search for, under a unique name. */
  addSecret(name: string, secret: string | Buffer): void;
  /** Adds all secret members of an answer. */
  addSecrets(where: string, answer: unknown): void;
  record(where: string, what: string | Buffer): void;
  /** Records every file below a folder. */
  recordFolder(when: string, folder: string): void;
  /** Each leaked secret, with its encoding and place. */
  found(): string[];
  /** The number of secrets. */
  secretCount(): number;
}

/** Secret members in answers of calls and of the endpoint. */
const secretMembers = new Set([
  ...['accessToken', 'refreshToken', 'idToken', 'consumerSecret', 'clientSecret', 'password', 'recoveryKey'],
  ...['access_token', 'refresh_token', 'id_token'],
]);

export function createLeakDetector(): LeakDetector {
  const secrets = new Map<string, SecretForms>();
  const known = new Set<string>();
  const recorded: { readonly where: string; readonly bytes: Buffer }[] = [];

  const addSecret: LeakDetector['addSecret'] = (name, secret) => {
    const key = Buffer.from(secret).toString('latin1');
    if (known.has(key)) return;
    known.add(key);
    secrets.set(name, formsOf(secret));
  };
  const addSecrets: LeakDetector['addSecrets'] = (where, answer) => {
    if (typeof answer !== 'object' || answer === null) return;
    for (const [name, value] of Object.entries(answer)) {
      if (secretMembers.has(name) && typeof value === 'string') addSecret(`${name} of ${where} (${known.size})`, value);
      else addSecrets(where, value);
    }
  };

  return {
    addSecret,
    addSecrets,
    record: (where, what) => recorded.push({ where, bytes: Buffer.from(what) }),
    recordFolder(when, folder) {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        const where = `${relative(folder, path)} ${when}`;
        recorded.push({ where: `the name ${where}`, bytes: Buffer.from(entry.name) });
        if (entry.isFile()) recorded.push({ where, bytes: readFileSync(path) });
      }
    },
    found: () => recorded.flatMap(({ where, bytes }) => findSecrets(bytes, secrets).map((what) => `${where}: ${what}`)),
    secretCount: () => secrets.size,
  };
}
