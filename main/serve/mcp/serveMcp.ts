import { KeyfobError } from '../../../preload/contract/errors.ts';
import { openApp } from '../../app/app.ts';
import { onUnlocked } from '../../app/onUnlocked.ts';
import { note, reportError } from '../../cli/output/report.ts';
import type { McpFlags } from '../../cli/program/actions.ts';
import { openVault } from '../../cli/session/openVault.ts';
import { createSession, type OpenApp } from '../../cli/session/session.ts';
import { withClosing } from '../../system/closing.ts';
import { endNow } from '../../system/endNow.ts';
import { logError } from '../../system/logError.ts';
import { onStopSignals } from '../../system/stopSignals.ts';
import type { Caller } from '../../transport/reply.ts';
import { openEphemeralApp } from '../ephemeral.ts';
import { applySeed, readSeed } from '../seed.ts';
import { serveCommands, startWindow } from '../serve.ts';
import { serveTools } from './toolServer.ts';

const what = 'keyfob mcp';

function demandFit({ ephemeral = false, home, seed, port }: McpFlags): void {
  if (process.stdin.isTTY) {
    throw new KeyfobError(
      'bad_input',
      'An MCP client starts `keyfob mcp` and speaks JSON with it. Add it to the settings of your client (docs/mcp.md).',
    );
  }
  if (ephemeral && home !== undefined) {
    throw new KeyfobError('bad_input', '--ephemeral has its own folder, so leave --home out.');
  }
  const flag = seed !== undefined ? '--seed' : port !== undefined ? '--port' : undefined;
  if (ephemeral || flag === undefined) return;
  throw new KeyfobError(
    'bad_input',
    `${flag} needs --ephemeral. For a kept data folder, run \`keyfob apply\` or change its settings.`,
  );
}

/** Opens a temporary Keyfob, with its seed and a running endpoint. */
async function openTemporary({ seed, port = 0 }: McpFlags, opened: AsyncDisposableStack): Promise<Caller> {
  const { app } = await openEphemeralApp({ what, onError: logError }, opened);
  if (seed !== undefined) await applySeed(app, await readSeed(seed), process.env);
  await app.endpoint.start({ port });
  return app.call;
}

/**
 * Opens a folder that no process owns, as `keyfob serve` does: the endpoint runs, other commands and the window reach it. A
 * failed start of the endpoint is printed, as most tools work without.
 */
async function openServed(folder: string, onLost: (error: KeyfobError) => void): Promise<OpenApp> {
  return await withClosing(async (opened) => {
    const app = await openApp({ folder, what, onError: logError, onLost });
    opened.defer(app.close);
    const start = () => app.endpoint.start({}).catch((error: unknown) => reportError(error, false));
    let starting: Promise<unknown> = Promise.resolve();
    onUnlocked(app, () => {
      starting = start();
    });
    const host = await startWindow(app, {});
    if (host !== undefined) opened.defer(host.close);
    await serveCommands({ app, folder, host, opened });
    const resources = opened.move();
    const call: Caller = async (...asked) => {
      // The first call unlocks the vault, and an API can be called once the endpoint runs.
      await starting;
      return await app.call(...asked);
    };
    return { call, vault: app.vault, close: () => resources.disposeAsync() };
  }, logError);
}

/** Calls the owner of the folder, or becomes it. */
function openKept(folder: string, opened: AsyncDisposableStack, onLost: (error: KeyfobError) => void): Caller {
  let opening: Promise<OpenApp> | undefined;
  let unlocking: Promise<void> | undefined;
  const session = createSession({
    folder,
    // A model may call several tools at once.
    openApp(at) {
      opening ??= openServed(at, onLost).finally(() => {
        opening = undefined;
      });
      return opening;
    },
    // Once: a model must not open a vault that a person locked since.
    prepare(app) {
      unlocking ??= openVault(app, note).catch((error: unknown) => {
        unlocking = undefined;
        throw error;
      });
      return unlocking;
    },
  });
  opened.defer(session.close);
  return session.call;
}

/**
 * Speaks MCP on stdin and stdout until the client closes stdin, or until a signal. Throws `bad_input` for flags and in a
 * terminal, and as {@link openEphemeralApp}; `folder_lost` once another process may own the folder.
 */
export async function serveMcp(folder: string, flags: McpFlags, version: string): Promise<void> {
  demandFit(flags);
  const { promise: ended, resolve: end, reject: fail } = Promise.withResolvers<void>();
  // The folder may be lost before the wait below starts.
  ended.catch(() => {});
  process.stdin.once('end', end).once('close', end);
  onStopSignals(end, () => endNow(1));
  await withClosing(async (opened) => {
    const call = flags.ephemeral ? await openTemporary(flags, opened) : openKept(folder, opened, fail);
    opened.defer(serveTools({ call, version, allowSecrets: flags.allowSecrets === true, onError: logError }));
    await ended;
  }, logError);
}
