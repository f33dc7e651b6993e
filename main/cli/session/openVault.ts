import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { VaultStatus } from '../../../preload/contract/vault.ts';
import type { Caller } from '../../transport/reply.ts';
import { askNewPassphrase, askSecret, givenSecret, waysToGive } from '../secrets/secrets.ts';

/** The part of an app that opens its vault. */
export interface Openable {
  readonly call: Caller;
  readonly vault: {
    status(): VaultStatus;
    unlock(passphrase: string | undefined): Promise<void>;
  };
}

/**
 * Unlocks the vault with a passphrase from the environment or the terminal, or with the keychain. Creates a vault in an empty
 * data folder. `note` prints what happened. Throws `vault_none`, `bad_input` without a passphrase, and errors of the vault.
 */
export async function openVault({ call, vault }: Openable, note: (text: string) => void): Promise<void> {
  const { state, mode } = vault.status();
  if (state === 'unlocked') return;
  if (state === 'none') {
    const passphrase = givenSecret('passphrase');
    if (passphrase === undefined) return await firstVault(call, note);
    // Possibly no person sees the output, so no recovery key is shown.
    await call('vault.create', { mode: 'passphrase', passphrase, unattended: true });
    note(
      'Created a new vault, protected by your passphrase. Create a recovery key in case you forget it: `keyfob vault new-recovery-key`',
    );
    return;
  }
  if (mode === 'passphrase') return await vault.unlock(await askSecret('passphrase'));
  if (process.platform === 'darwin') note('macOS may ask you to let Keyfob read its key from the keychain.');
  await vault.unlock(undefined);
}

/** Creates the first vault on a terminal: in the keychain if one answers, else under a typed passphrase. */
async function firstVault(call: Caller, note: (text: string) => void): Promise<void> {
  if (!process.stdin.isTTY) {
    const ways = `run \`keyfob vault create --mode keychain\`, or ${waysToGive('passphrase')}`;
    throw new KeyfobError('vault_none', `This data folder has no vault yet: ${ways}.`);
  }
  note('This data folder is new. A key in the system keychain will protect its secrets.');
  const created = await call('vault.create', { mode: 'keychain' }).catch(async (error: unknown) => {
    if (!(error instanceof KeyfobError) || error.code !== 'keychain_unavailable') throw error;
    note('No system keychain found. Choose a passphrase of at least 8 characters instead.');
    return await call('vault.create', { mode: 'passphrase', passphrase: await askNewPassphrase([]) });
  });
  process.stderr.write(`Recovery key, shown only once; save it now: ${created.recoveryKey}\n`);
}
