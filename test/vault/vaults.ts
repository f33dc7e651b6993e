import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'node:test';
import { inspect } from 'node:util';
import { createRandom } from '../../main/platform/random.ts';
import { createVault, type Vault, type VaultOptions } from '../../main/vault/vault.ts';
import { type ErrorCode, KeyfobError } from '../../preload/contract/errors.ts';

/** A data folder per test, and vaults on it. Each `vault()` is like a new start of the program. */
export function vaultFolder() {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyfob-vault-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return {
    path: (name: string) => join(folder, name),
    file: () => readFileSync(join(folder, 'vault.json'), 'utf8'),
    vault: (options: Partial<VaultOptions> = {}): Vault => createVault({ folder, random: createRandom(), ...options }),
  };
}

/** Asserts a typed refusal that shows no secret, however it is printed. */
export async function assertRefused(work: Promise<unknown>, code: ErrorCode, secrets: readonly string[] = []) {
  const error = await work.then(
    () => assert.fail(`not refused with ${code}`),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof KeyfobError, inspect(error));
  assert.equal(error.code, code, error.message);
  const printed = `${inspect(error, { depth: 10 })} ${JSON.stringify(error)} ${error.stack}`;
  for (const secret of secrets) assert.ok(!printed.includes(secret), 'a secret is in an error');
  return error;
}
