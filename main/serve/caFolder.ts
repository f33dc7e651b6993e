import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EndpointStatus } from '../../preload/contract/endpoint.ts';
import { addressVariables } from '../cli/environment/variables.ts';
import { plainTrustVariables, writeTrustFiles } from '../cli/trust/trustFiles.ts';
import { envLine } from '../exports/variables/env.ts';
import { systemError } from '../system/errors.ts';
import { writePrivateFile } from '../system/privateFile.ts';

/** Other users and containers read them; they have no secret. */
const mode = 0o644;

/**
 * Writes what other programs need to trust an endpoint: `ca.pem`, `bundle.pem`, `truststore.p12`, and the addresses with these paths
 * in `keyfob.env`. Throws `refused` and `storage_full`, and `bad_input` for a path that no .env file can hold.
 */
export function writeCaFolder(folder: string, status: EndpointStatus): void {
  const path = resolve(folder);
  try {
    mkdirSync(path, { recursive: true, mode: 0o755 });
    writeTrustFiles({ path, mode }, readFileSync(status.caFile, 'utf8'));
  } catch (error) {
    throw systemError(error, path);
  }
  const variables = [
    ...addressVariables(status).map(({ name, value }) => [name, value] as const),
    ['KEYFOB_CA', join(path, 'ca.pem')] as const,
    ...Object.entries(plainTrustVariables(path)),
  ];
  writePrivateFile(join(path, 'keyfob.env'), variables.map(([name, value]) => envLine(name, value)).join(''), { mode });
}
