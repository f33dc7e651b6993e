import { useState } from 'react';
import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import { proofOf } from '../../../../preload/contract/proof.ts';
import type { Proof } from '../../../../preload/contract/vault.ts';
import { faultAt } from '../../core/resource.ts';
import { useRead } from './useRead.ts';

/** The secret that a person types before changing how the vault opens. `fields` is for `ProofField`, `proof` for the call. */
export function useProof() {
  const status = useRead('vault.status', {}).value;
  const [value, setValue] = useState('');
  const needed = status && proofOf(status);
  const asks = needed === 'keychain' ? undefined : needed;
  const proof: Proof = asks === undefined ? {} : { [asks]: value };
  return {
    fields: { asks, value, onChange: setValue },
    proof,
    clear: () => setValue(''),
    /** The message for a wrong secret; `undefined` for another error. */
    faultIn(error: KeyfobError | undefined): string | undefined {
      if (error?.code === 'wrong_passphrase') return 'Wrong passphrase.';
      if (error?.code === 'wrong_recovery_key') return error.message;
      return asks && faultAt(error, asks);
    },
  };
}
