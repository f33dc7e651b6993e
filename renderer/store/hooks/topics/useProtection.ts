import { zodResolver } from '@hookform/resolvers/zod';
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { type KeychainAnswer, type VaultMode, vault } from '../../../../preload/contract/vault.ts';
import { useKeyfob } from '../../context.ts';
import { asKeyfobError } from '../../core/resource.ts';

const newPassphrase = z
  .object({ passphrase: vault.create.input.shape.passphrase.unwrap(), again: z.string() })
  .refine(({ passphrase, again }) => passphrase === again, {
    path: ['again'],
    message: "Passphrases don't match.",
    // Checks the repetition even when the passphrase is too short.
    when: () => true,
  });

/** How a new key of the vault is protected. */
export interface ChosenProtection {
  readonly mode: VaultMode;
  readonly passphrase?: string;
}

const usualMode = (keychain: KeychainAnswer | undefined): VaultMode | undefined =>
  keychain && (keychain.available ? 'keychain' : 'passphrase');

/**
 * The protection of the vault: the keychain where one answers, otherwise a new passphrase, typed twice. `fields` is for
 * `ProtectionFields`. `submit` gives a form handler, which calls `run` with a valid choice. It waits for the answer of the
 * keychain, which may take seconds.
 */
export function useProtection() {
  const { host } = useKeyfob();
  const [keychain, setKeychain] = useState<KeychainAnswer>();
  const [chosen, setChosen] = useState<VaultMode>();
  const form = useForm({ resolver: zodResolver(newPassphrase), defaultValues: { passphrase: '', again: '' } });

  const answer = useRef<Promise<KeychainAnswer>>(undefined);
  const look = useCallback(async () => {
    setKeychain(undefined);
    answer.current = host
      .call('vault.keychain', {})
      .catch((error: unknown) => ({ available: false, name: 'keychain', why: asKeyfobError(error).message }));
    setKeychain(await answer.current);
  }, [host]);
  useEffect(() => void look(), [look]);

  const mode = chosen ?? usualMode(keychain);
  const waiting = useRef(false);
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
      const send = async () => {
        if (waiting.current) return;
        waiting.current = true;
        const by = mode ?? usualMode(await answer.current);
        waiting.current = false;
        if (by === 'keychain') void run({ mode: by });
        else void withPassphrase();
      };
      return (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        void send();
      };
    },
  };
}
