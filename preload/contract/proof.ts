import type { VaultStatus } from './vault.ts';

// In its own file, so that a start loads the vault without zod.

/**
 * The proof that is required to change how the vault opens. In keychain mode it is the recovery key once that is
 * confirmed. Before, the keychain's entry is enough and nobody types anything.
 */
export const proofOf = ({
  mode,
  recoveryKey: state,
}: Pick<VaultStatus, 'mode' | 'recoveryKey'>): 'passphrase' | 'recoveryKey' | 'keychain' => {
  if (mode === 'passphrase') return 'passphrase';
  return state === 'confirmed' ? 'recoveryKey' : 'keychain';
};
