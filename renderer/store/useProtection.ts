import { zodResolver } from '@hookform/resolvers/zod';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { type KeychainAnswer, type VaultMode, vault } from '../../preload/contract/vault.ts';
import { useKeyfob } from './context.ts';
import { asKeyfobError } from './resource.ts';

const newPassphrase = z
  .object({ passphrase: vault.create.input.shape.passphrase.unwrap(), again: z.string() })
  .refine(({ passphrase, again }) => passphrase === again, {
    path: ['again'],
    message: 'The two are not the same.',
    // Beside a passphrase that is too short as well.
    when: () => true,
  });

/** How a vault is to be kept. */
export interface ChosenProtection {
  readonly mode: VaultMode;
  readonly passphrase?: string;
}

/**
 * The choice of how a vault is kept: the keychain where one answers, else a new passphrase typed twice. `fields` is for
 * `ProtectionFields`; `submit` makes a form's handler, which calls `run` with a choice that holds.
 */
export function useProtection() {
  const { host } = useKeyfob();
  const [keychain, setKeychain] = useState<KeychainAnswer>();
  const [chosen, setChosen] = useState<VaultMode>();
  const form = useForm({ resolver: zodResolver(newPassphrase), defaultValues: { passphrase: '', again: '' } });

  const look = useCallback(async () => {
    setKeychain(undefined);
    try {
      setKeychain(await host.call('vault.keychain', {}));
    } catch (error) {
      setKeychain({ available: false, name: 'keychain', why: asKeyfobError(error).message });
    }
  }, [host]);
  useEffect(() => void look(), [look]);

  const usual = keychain === undefined ? undefined : keychain.available ? 'keychain' : 'passphrase';
  const mode = chosen ?? usual;
  const { passphrase, again } = form.formState.errors;
  return {
    mode,
    fields: {
      keychain,
      mode,
      onMode: setChosen,
      onLookAgain: () => void look(),
      passphrase: form.register('passphrase'),
      again: form.register('again'),
      errors: { passphrase: passphrase?.message, again: again?.message },
    },
    submit(run: (protection: ChosenProtection) => Promise<unknown>) {
      const withPassphrase = form.handleSubmit((typed) => run({ mode: 'passphrase', passphrase: typed.passphrase }));
      return (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        if (mode === 'keychain') void run({ mode });
        else if (mode === 'passphrase') void withPassphrase(event);
      };
    },
  };
}
