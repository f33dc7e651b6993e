import { z } from 'zod';
import { vault } from '../../../preload/contract/vault.ts';

const { passphrase, newPassphrase } = vault.changePassphrase.input.shape;

const isTwice = (typed: { readonly newPassphrase: string; readonly again: string }) =>
  typed.newPassphrase === typed.again;
const twice = {
  path: ['again'],
  message: "Passphrases don't match.",
  // Show the mismatch even while the passphrase is too short.
  when: () => true,
};

/** A new passphrase and its repetition. */
export const chosenPassphrase = z.object({ newPassphrase, again: z.string() }).refine(isTwice, twice);

/** The same, with the current passphrase. */
export const changedPassphrase = z.object({ passphrase, newPassphrase, again: z.string() }).refine(isTwice, twice);
