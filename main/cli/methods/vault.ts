import { proofOf } from '../../../preload/contract/proof.ts';
import type { Caller } from '../../transport/reply.ts';
import { askNewPassphrase, askSecret, givenSecret } from '../secrets/secrets.ts';
import type { Row } from '../text/rows.ts';
import { waitForRotation } from './rotation.ts';
import type { Secrets, TopicTraits } from './traits.ts';

const protectedBy = (mode: string | undefined): string => (mode === 'keychain' ? 'the keychain' : 'your passphrase');

const confirmKey =
  'save the recovery key, it is shown only once; then: keyfob vault confirm-recovery-key --last-group <its last group>';

/** Where no current passphrase is needed, the better known variable works too. */
const anyPassphrase = ['newPassphrase', 'passphrase'] as const;

/** The proof that a change of the vault needs. A keychain may have lost its entry, so a given recovery key is passed on. */
async function proof(call: Caller): Promise<Secrets> {
  const needed = proofOf(await call('vault.status', {}));
  if (needed === 'passphrase') return { passphrase: await askSecret('passphrase') };
  const recoveryKey = needed === 'recoveryKey' ? await askSecret('recoveryKey') : givenSecret('recoveryKey');
  return recoveryKey === undefined ? {} : { recoveryKey };
}

const vaultMode = async (call: Caller) => (await call('vault.status', {})).mode;

const firstPassphrase = async ({ mode }: Row): Promise<Secrets> =>
  mode === 'passphrase' ? { passphrase: await askNewPassphrase(anyPassphrase) } : {};

async function modeSecrets({ mode }: Row, call: Caller): Promise<Secrets> {
  if (mode !== 'passphrase') return await proof(call);
  // The call then says that the vault has a passphrase already.
  if ((await vaultMode(call)) === 'passphrase') return {};
  return { ...(await proof(call)), newPassphrase: await askNewPassphrase(anyPassphrase) };
}

export const vault: TopicTraits<'vault'> = {
  summary: 'The vault that seals every secret: keychain or passphrase',
  group: 'additional',
  subjects: ['mode', 'lastGroup'],
  bare: 'status',
  methods: {
    create: {
      secrets: firstPassphrase,
      result: ({ mode, recoveryKey }) => ({
        done: `Created the vault, protected by ${protectedBy(mode)}.`,
        values: { recoveryKey },
        next: confirmKey,
      }),
    },
    unlock: {
      secrets: async (_input, call) =>
        (await vaultMode(call)) === 'passphrase' ? { passphrase: await askSecret('passphrase') } : {},
      result: () => ({ done: 'The vault is unlocked.' }),
    },
    lock: { result: () => ({ done: 'The vault is locked.' }) },
    recover: {
      secrets: async (input) => ({
        recoveryKey: await askSecret('recoveryKey'),
        ...(await firstPassphrase(input)),
      }),
      result: ({ mode }) => ({ done: `Opened the vault; its key is now protected by ${protectedBy(mode)}.` }),
    },
    changePassphrase: {
      secrets: async () => ({
        passphrase: await askSecret('passphrase'),
        newPassphrase: await askNewPassphrase(['newPassphrase']),
      }),
      result: () => ({ done: 'Changed the passphrase.' }),
    },
    changeMode: {
      secrets: modeSecrets,
      result: ({ mode }) => ({ done: `The key of the vault is now protected by ${protectedBy(mode)}.` }),
    },
    newRecoveryKey: {
      secrets: (_input, call) => proof(call),
      result: ({ recoveryKey }) => ({
        done: 'Created a new recovery key; the old one no longer works.',
        values: { recoveryKey },
        next: confirmKey,
      }),
    },
    rotateDataKey: {
      secrets: (_input, call) => proof(call),
      waitForEnd: waitForRotation,
      result: ({ recoveryKey }) => ({
        done: 'Replaced the data key and the recovery key; the old ones no longer work.',
        values: { recoveryKey },
        next: confirmKey,
      }),
    },
    confirmRecoveryKey: { result: () => ({ done: 'The recovery key is confirmed.' }) },
  },
};
