import type { MethodName } from '../../../preload/contract/index.ts';
import { proofOf } from '../../../preload/contract/proof.ts';
import type { Caller } from '../../transport/reply.ts';
import { askNewPassphrase, askSecret, givenSecret, type VaultSecret } from '../secrets/secrets.ts';

type Secrets = { readonly [S in VaultSecret]?: string };

/** The proof that a change of how the vault opens needs. A given recovery key goes along where the keychain may have lost its entry. */
async function proof(call: Caller): Promise<Secrets> {
  const needed = proofOf(await call('vault.status', {}));
  if (needed === 'passphrase') return { passphrase: await askSecret('passphrase', 'The passphrase') };
  const recoveryKey =
    needed === 'recoveryKey' ? await askSecret('recoveryKey', 'The recovery key') : givenSecret('recoveryKey');
  return recoveryKey === undefined ? {} : { recoveryKey };
}

/** The secrets that a call of the vault, or of a backup, needs in addition to its flags: from environment, files or terminal. */
export async function vaultInput(
  method: MethodName,
  input: Readonly<Record<string, unknown>>,
  call: Caller,
): Promise<Secrets> {
  const underPassphrase = input.mode === 'passphrase';
  // Where no current passphrase is needed, the variable that people know will do.
  const anyPassphrase = ['newPassphrase', 'passphrase'] as const;
  switch (method) {
    case 'vault.create':
      return underPassphrase ? { passphrase: await askNewPassphrase(anyPassphrase) } : {};
    case 'vault.changeMode': {
      if (!underPassphrase) return await proof(call);
      const { mode } = await call('vault.status', {});
      // The answer says why not.
      if (mode === 'passphrase') return {};
      return { ...(await proof(call)), newPassphrase: await askNewPassphrase(anyPassphrase) };
    }
    case 'vault.rotateDataKey':
    case 'vault.newRecoveryKey':
      return await proof(call);
    case 'vault.unlock': {
      const { mode } = await call('vault.status', {});
      return mode === 'passphrase' ? { passphrase: await askSecret('passphrase', 'The passphrase') } : {};
    }
    case 'vault.recover': {
      const recoveryKey = await askSecret('recoveryKey', 'The recovery key');
      return underPassphrase ? { recoveryKey, passphrase: await askNewPassphrase(anyPassphrase) } : { recoveryKey };
    }
    case 'vault.changePassphrase': {
      const passphrase = await askSecret('passphrase', 'The passphrase');
      return { passphrase, newPassphrase: await askNewPassphrase(['newPassphrase']) };
    }
    case 'backup.export': {
      if (Array.isArray(input.recipients) && input.recipients.length > 0) return {};
      const sources = ['backupPassphrase'] as const;
      return { backupPassphrase: await askNewPassphrase(sources, 'backupPassphrase', 'Passphrase for the backup') };
    }
    case 'backup.preview':
    case 'backup.import': {
      const { opensWith } = await call('backup.inspect', { file: String(input.file) });
      return opensWith === 'passphrase'
        ? { backupPassphrase: await askSecret('backupPassphrase', 'The passphrase of the backup') }
        : { backupIdentity: await askSecret('backupIdentity', 'The private key that opens the backup') };
    }
    default:
      return {};
  }
}
