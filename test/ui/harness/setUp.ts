import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStale } from '../../../main/packaging/build.ts';
import { vaultVariable } from './copyVault.ts';

/**
 * Builds the stale parts of the window, and makes the vault that specs start with. Gives what removes it again. Throws
 * when either fails.
 */
export default function setUp(): () => void {
  if (buildStale(['renderer', 'desktop', 'preload']) !== 0) throw new Error('the window could not be built');
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-vault-'));
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'makeVault.ts'), folder], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('no vault could be made');
  process.env[vaultVariable] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
