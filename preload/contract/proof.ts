import type { VaultStatus } from './vault.ts';

// Apart from the schemas: the vault is loaded at each start, and zod is not.

/**
 * The proof that a change of how the vault opens needs. In keychain mode it is the recovery key, if somebody confirmed to have
 * it; before that, the keychain's entry is looked up and nobody types anything.
 */
export const proofOf = ({
  mode,
  recoveryKey: state,
}: Pick<VaultStatus, 'mode' | 'recoveryKey'>): 'passphrase' | 'recoveryKey' | 'keychain' => {
  if (mode === 'passphrase') return 'passphrase';
  return state === 'confirmed' ? 'recoveryKey' : 'keychain';
};
