import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Needles, needlesOf, secretsIn } from '../helpers/needles.ts';

/** Knows the secrets of a test, and remembers what was written or said where. */
export interface Witness {
  /** From now on a secret; `name` tells it from the others. */
  keep(name: string, secret: string | Buffer): void;
  /** All secrets among the members of an answer. */
  keepAll(where: string, answer: unknown): void;
  hear(where: string, what: string | Buffer): void;
  /** Remembers every file below a folder as it is now. */
  look(when: string, folder: string): void;
  /** Each secret that was seen or heard, with its form and where. */
  betrayed(): string[];
  /** How many secrets it knows. */
  size(): number;
}

/** Of answers to calls and of the endpoint. */
const secretMembers = new Set([
  ...['accessToken', 'refreshToken', 'consumerSecret', 'password', 'recoveryKey'],
  ...['access_token', 'refresh_token'],
]);

export function createWitness(): Witness {
  const secrets = new Map<string, Needles>();
  const kept = new Set<string>();
  const memory: { readonly where: string; readonly bytes: Buffer }[] = [];

  const keep: Witness['keep'] = (name, secret) => {
    const key = Buffer.from(secret).toString('latin1');
    if (kept.has(key)) return;
    kept.add(key);
    secrets.set(name, needlesOf(secret));
  };
  const keepAll: Witness['keepAll'] = (where, answer) => {
    if (typeof answer !== 'object' || answer === null) return;
    for (const [name, value] of Object.entries(answer)) {
      if (secretMembers.has(name) && typeof value === 'string') keep(`${name} of ${where} (${kept.size})`, value);
      else keepAll(where, value);
    }
  };

  return {
    keep,
    keepAll,
    hear: (where, what) => memory.push({ where, bytes: Buffer.from(what) }),
    look(when, folder) {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        const where = `${relative(folder, path)} ${when}`;
        memory.push({ where: `the name ${where}`, bytes: Buffer.from(entry.name) });
        if (entry.isFile()) memory.push({ where, bytes: readFileSync(path) });
      }
    },
    betrayed: () => memory.flatMap(({ where, bytes }) => secretsIn(bytes, secrets).map((what) => `${where}: ${what}`)),
    size: () => secrets.size,
  };
}
