import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { backupLimitBytes } from '../../preload/contract/backupLimit.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { passphraseForm, passphraseForms } from '../../preload/contract/passphraseForm.ts';
import type { BackupCipher, BackupKey } from '../engine/ports/backupCipher.ts';
import { workerPath } from '../system/workerPath.ts';
import { ageBytes, opensByPassphrase, tooLarge } from './ageFile.ts';
import type { AgeAnswer, AgeJob } from './ageWorker.ts';
import { textIn } from './textEncoding.ts';

/** Runs a job on a thread of its own, which ends with it, and with that all it had in memory. */
async function work(job: AgeJob): Promise<AgeAnswer> {
  const worker = new Worker(workerPath(import.meta.url, 'ageWorker'), { workerData: job });
  try {
    const [answer] = (await once(worker, 'message')) as [AgeAnswer];
    return answer;
  } finally {
    await worker.terminate();
  }
}

const fieldFault = (path: string, message: string): KeyfobError =>
  new KeyfobError('bad_input', message, { fields: [{ path, message }] });

const keyMissing = (byPassphrase: boolean): KeyfobError =>
  byPassphrase
    ? fieldFault('backupPassphrase', 'This backup opens with a passphrase; give it.')
    : fieldFault(
        'backupIdentity',
        'This backup opens with the private key of one of its recipients (AGE-SECRET-KEY-1…); give it.',
      );

const failures = {
  key: () => fieldFault('backupIdentity', 'This is not a private key of age, which begins with AGE-SECRET-KEY-1.'),
  damaged: () =>
    new KeyfobError(
      'backup_damaged',
      'This backup was changed or cut off, so nothing of it is taken; use another copy of it.',
    ),
  passphrase: () =>
    new KeyfobError('wrong_passphrase', 'Wrong passphrase for this backup. Try again, or look for another copy.'),
  identity: () =>
    new KeyfobError(
      'wrong_identity',
      'This private key does not open the backup, which was made for others; try that of one of its recipients.',
    ),
};

/** The key in what age-keygen writes: comments before it, on lines of their own until a password box joined them. */
const keyIn = (text: string): string =>
  (/^AGE-SECRET-KEY-\S+/m.exec(text) ?? /AGE-SECRET-KEY-\S+/.exec(text))?.[0] ?? text;

/** Files in the format of age, by the library of its author. It is loaded with a job, on the job's own thread. */
export const createBackupCipher = (): BackupCipher => ({
  async seal(text, recipient) {
    const bytes = Buffer.from(text);
    if (bytes.length > backupLimitBytes) throw tooLarge();
    const to =
      'passphrase' in recipient ? { passphrase: passphraseForm(recipient.passphrase), recipients: [] } : recipient;
    const answer = await work({ seal: bytes, ...to });
    if ('failed' in answer) {
      throw fieldFault('recipients', 'Not all of these are public keys of age; check them for typing errors.');
    }
    const file = Buffer.from(answer.bytes.buffer).toString('base64');
    return { file, bytes: answer.bytes.length };
  },
  opensWith: (file) => (opensByPassphrase(ageBytes(file)) ? 'passphrase' : 'identity'),
  async open(file, { passphrase, identity }: BackupKey) {
    const bytes = ageBytes(file);
    const byPassphrase = opensByPassphrase(bytes);
    const key = byPassphrase ? passphrase : identity;
    if (key === undefined) throw keyMissing(byPassphrase);
    const answer = await work({
      open: bytes,
      ...(byPassphrase ? { passphrases: passphraseForms(key) } : { identity: keyIn(key) }),
    });
    if ('failed' in answer) {
      throw answer.failed === 'match'
        ? failures[byPassphrase ? 'passphrase' : 'identity']()
        : failures[answer.failed]();
    }
    if (answer.bytes.length > backupLimitBytes) throw tooLarge();
    return textIn(answer.bytes);
  },
});
