import { parentPort, workerData } from 'node:worker_threads';
import { Decrypter, Encrypter } from 'age-encryption';

/** A job for a worker thread: deriving a key from a passphrase takes a second of CPU time. */
export type AgeJob =
  | { readonly seal: Uint8Array; readonly passphrase?: string; readonly recipients: readonly string[] }
  /** The passphrases are tried in order. */
  | { readonly open: Uint8Array; readonly passphrases?: readonly string[]; readonly identity?: string };

export type AgeAnswer =
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  /** `key`: not a key. `match`: a key of another file. `damaged`: the right key, but the content was changed. */
  | { readonly failed: 'key' | 'match' | 'damaged' };

const job: AgeJob = workerData;

/** Gives this answer if the step throws. The library's message may quote a secret, so it is dropped. */
const failing = (failed: 'key' | 'damaged', step: () => void): AgeAnswer | undefined => {
  try {
    step();
    return undefined;
  } catch {
    return { failed };
  }
};

async function seal({ seal: text, passphrase, recipients }: Extract<AgeJob, { seal: Uint8Array }>): Promise<AgeAnswer> {
  const encrypter = new Encrypter();
  const bad = failing('key', () => {
    if (passphrase !== undefined) encrypter.setPassphrase(passphrase);
    for (const recipient of recipients) encrypter.addRecipient(recipient);
  });
  return bad ?? { bytes: new Uint8Array(await encrypter.encrypt(text)) };
}

async function open({
  open: file,
  passphrases = [],
  identity,
}: Extract<AgeJob, { open: Uint8Array }>): Promise<AgeAnswer> {
  const decrypter = new Decrypter();
  const bad = failing('key', () => {
    for (const passphrase of passphrases) decrypter.addPassphrase(passphrase);
    if (identity !== undefined) decrypter.addIdentity(identity);
  });
  if (bad !== undefined) return bad;
  try {
    return { bytes: new Uint8Array(await decrypter.decrypt(file)) };
  } catch (error) {
    const noMatch = error instanceof Error && error.message.startsWith('no identity matched');
    return { failed: noMatch ? 'match' : 'damaged' };
  }
}

const answer = await ('seal' in job ? seal(job) : open(job));
parentPort?.postMessage(answer, 'bytes' in answer ? [answer.bytes.buffer] : []);
