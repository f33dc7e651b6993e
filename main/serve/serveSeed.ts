import type { Served } from '../cli/session/parts.ts';
import { logError } from '../system/logError.ts';
import { openEphemeralApp } from './ephemeral.ts';
import { applySeed, readSeed } from './seed.ts';
import { serveCommands } from './serve.ts';

/**
 * Serves a keyfob.yaml from a temporary folder on a free port, until `opened` closes. Commands of the same user reach it by that
 * folder. Throws `bad_input` for a fault of the file, and as {@link openEphemeralApp}.
 */
export async function serveSeed(seed: string, opened: AsyncDisposableStack): Promise<Served> {
  const read = await readSeed(seed);
  const { app, folder } = await openEphemeralApp({ what: 'keyfob run', onError: logError }, opened);
  await applySeed(app, read, process.env);
  const status = await app.endpoint.start({ port: 0 });
  await serveCommands({ app, folder, host: undefined, opened });
  return { call: app.call, folder, status };
}
