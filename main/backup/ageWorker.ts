import { parentPort, workerData } from 'node:worker_threads';
import { Decrypter, Encrypter } from 'age-encryption';

/** One job for a thread of its own: deriving a key from a passphrase takes a second of computing. */
export type AgeJob =
  | { readonly seal: Uint8Array; readonly passphrase?: string; readonly recipients: readonly string[] }
  /** The passphrases are tried in their order. */
  | { readonly open: Uint8Array; readonly passphrases?: readonly string[]; readonly identity?: string };

export type AgeAnswer =
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  /** `key`: it is none; `match`: it opens another file; `damaged`: it fits, and the content was changed. */
  | { readonly failed: 'key' | 'match' | 'damaged' };

const job: AgeJob = workerData;

/** What a step throws comes to this answer; the library's words are not passed on, as they may quote. */
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
