import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { backupLimitBytes } from '../../preload/contract/backupLimit.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { passphraseForm, passphraseForms } from '../../preload/contract/passphraseForm.ts';
import type { BackupCipher, BackupKey } from '../engine/ports/backupCipher.ts';
import { workerPath } from '../system/workerPath.ts';
import { ageBytes, claimsAge, opensByPassphrase, tooLarge } from './ageFile.ts';
import type { AgeAnswer, AgeJob } from './ageWorker.ts';
import { textIn } from './textEncoding.ts';

/** Runs a job on a worker thread. The thread ends with the job, which frees the secrets in its memory. */
async function runJob(job: AgeJob): Promise<AgeAnswer> {
  const worker = new Worker(workerPath(import.meta.url, 'ageWorker'), { workerData: job });
  try {
    const [answer] = (await once(worker, 'message')) as [AgeAnswer];
    return answer;
  } finally {
    await worker.terminate();
  }
}

const fieldError = (path: string, message: string): KeyfobError =>
  new KeyfobError('bad_input', message, { fields: [{ path, message }] });

const keyMissing = (byPassphrase: boolean): KeyfobError =>
  byPassphrase
    ? fieldError('backupPassphrase', 'This backup needs its passphrase.')
    : fieldError('backupIdentity', 'This backup needs the private key of one of its recipients (AGE-SECRET-KEY-1…).');

const failures = {
  key: () => fieldError('backupIdentity', 'This is not an age private key. It must start with AGE-SECRET-KEY-1.'),
  damaged: () =>
    new KeyfobError('backup_damaged', 'This backup was changed or cut off, so nothing was imported. Use another copy.'),
  passphrase: () =>
    new KeyfobError('wrong_passphrase', 'Wrong passphrase for this backup. Try again, or look for another copy.'),
  identity: () =>
    new KeyfobError(
      'wrong_identity',
      'This private key does not open the backup. Use the key of one of its recipients.',
    ),
};

/** The key in the output of age-keygen, which starts with comment lines. A password field may have joined the lines. */
const keyIn = (text: string): string =>
  (/^AGE-SECRET-KEY-\S+/m.exec(text) ?? /AGE-SECRET-KEY-\S+/.exec(text))?.[0] ?? text;

/** Decrypts an age file, given as base64. Throws as `BackupCipher.open`. */
async function openFile(file: string, { passphrase, identity }: BackupKey): Promise<string> {
  const bytes = ageBytes(file);
  const byPassphrase = opensByPassphrase(bytes);
  const key = byPassphrase ? passphrase : identity;
  if (key === undefined) throw keyMissing(byPassphrase);
  const answer = await runJob({
    open: bytes,
    ...(byPassphrase ? { passphrases: passphraseForms(key) } : { identity: keyIn(key) }),
  });
  if ('failed' in answer) {
    throw answer.failed === 'match' ? failures[byPassphrase ? 'passphrase' : 'identity']() : failures[answer.failed]();
  }
  if (answer.bytes.length > backupLimitBytes) throw tooLarge();
  return textIn(answer.bytes);
}

/** Encrypts and decrypts age files. The library is loaded on the worker thread of each job. */
export const createBackupCipher = (): BackupCipher => ({
  async seal(text, recipient) {
    const bytes = Buffer.from(text);
    if (bytes.length > backupLimitBytes) throw tooLarge();
    const to =
      'passphrase' in recipient ? { passphrase: passphraseForm(recipient.passphrase), recipients: [] } : recipient;
    const answer = await runJob({ seal: bytes, ...to });
    if ('failed' in answer) {
      throw fieldError('recipients', 'Not all of these are age public keys. Check them for typing errors.');
    }
    const file = Buffer.from(answer.bytes.buffer).toString('base64');
    return { file, bytes: answer.bytes.length };
  },
  opensWith: (file) => (opensByPassphrase(ageBytes(file)) ? 'passphrase' : 'identity'),
  open: openFile,
  unsealed: async (file, key) => (claimsAge(file) ? Buffer.from(await openFile(file, key)).toString('base64') : file),
});
