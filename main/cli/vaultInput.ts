import type { MethodName } from '../../preload/contract/index.ts';
import type { Caller } from '../transport/reply.ts';
import { askNewPassphrase, askSecret, type VaultSecret } from './secrets.ts';

/** The secrets that a call of the vault, or of a backup, needs beside its flags, from environment, files or terminal. */
export async function vaultInput(
  method: MethodName,
  input: Readonly<Record<string, unknown>>,
  call: Caller,
): Promise<{ readonly [S in VaultSecret]?: string }> {
  const underPassphrase = input.mode === 'passphrase';
  // Where none is asked for besides, the one variable that people know will do.
  const anyPassphrase = ['newPassphrase', 'passphrase'] as const;
  switch (method) {
    case 'vault.create':
      return underPassphrase ? { passphrase: await askNewPassphrase(anyPassphrase, 'passphrase') } : {};
    case 'vault.changeMode':
      return underPassphrase ? { passphrase: await askNewPassphrase(anyPassphrase) } : {};
    case 'vault.unlock':
    case 'vault.rotateDataKey': {
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
      return { backupPassphrase: await askNewPassphrase(sources, 'backupPassphrase', 'A passphrase for the backup') };
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
