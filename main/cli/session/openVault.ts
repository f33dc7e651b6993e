import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { VaultStatus } from '../../../preload/contract/vault.ts';
import type { Caller } from '../../transport/reply.ts';
import { askNewPassphrase, askSecret, givenSecret, waysToGive } from '../secrets/secrets.ts';

/** What of an app in this process opens its vault. */
export interface Openable {
  readonly call: Caller;
  readonly vault: {
    status(): VaultStatus;
    unlock(passphrase: string | undefined): Promise<void>;
  };
}

/**
 * Opens the vault with what the environment gives, or the terminal: a new vault in an empty folder, a keychain vault by
 * itself. `note` tells people what was done. Throws `vault_none`, `bad_input` (no passphrase given), and what the
 * vault throws.
 */
export async function openVault({ call, vault }: Openable, note: (text: string) => void): Promise<void> {
  const { state, mode } = vault.status();
  if (state === 'unlocked') return;
  if (state === 'none') {
    const passphrase = givenSecret('passphrase');
    if (passphrase === undefined) return await firstVault(call, note);
    // There may be nobody to show a recovery key to.
    await call('vault.create', { mode: 'passphrase', passphrase, unattended: true });
    note(
      'Created a new vault, protected by your passphrase. Create a recovery key in case you forget it: `keyfob vault new-recovery-key`',
    );
    return;
  }
  if (mode === 'passphrase') return await vault.unlock(await askSecret('passphrase', 'The passphrase'));
  if (process.platform === 'darwin') note('macOS may ask whether Keyfob may read its key from the keychain.');
  await vault.unlock(undefined);
}

/** Asks whoever sits there: the keychain where one answers, else a passphrase. */
async function firstVault(call: Caller, note: (text: string) => void): Promise<void> {
  if (!process.stdin.isTTY) {
    const ways = `run \`keyfob vault create --mode keychain\`, or ${waysToGive('passphrase')}`;
    throw new KeyfobError('vault_none', `This data folder has no vault yet: ${ways}.`);
  }
  note('This data folder is new. A key in the keychain of this system will protect its secrets.');
  const made = await call('vault.create', { mode: 'keychain' }).catch(async (error: unknown) => {
    if (!(error instanceof KeyfobError) || error.code !== 'keychain_unavailable') throw error;
    note('No system keychain found, so Keyfob keeps the key under a passphrase of at least 8 characters.');
    return await call('vault.create', { mode: 'passphrase', passphrase: await askNewPassphrase([]) });
  });
  process.stderr.write(`Recovery key, shown only once; save it now: ${made.recoveryKey}\n`);
}
