import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../platform/sha256.ts';
import { writePrivateFile } from '../system/privateFile.ts';

/** Letters of the digest in the name of a file: 72 bits. */
const digestLetters = 12;

const contentOf = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/**
 * Creates the function that keeps a PEM in the data folder, where `--cacert` of a command finds it. The name follows the
 * content, so an older command keeps its file. Throws `storage_full`, `refused`.
 */
export const createServerCaFile =
  (folder: string) =>
  (pem: string): string => {
    const file = join(folder, `server-ca-${sha256(pem).slice(0, digestLetters)}.pem`);
    if (contentOf(file) !== pem) writePrivateFile(file, pem);
    return file;
  };
