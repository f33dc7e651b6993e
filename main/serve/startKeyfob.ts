import { logError } from '../system/logError.ts';
import { openEphemeralApp } from './ephemeral.ts';
import type { Keyfob, StartKeyfob, TokenSelection } from './publicApi.ts';
import { applySeed, readSeed } from './seed.ts';

const selected = ({ application, keyType = 'PRODUCTION', user, scopes = [] }: TokenSelection) => ({
  ...{ application, keyType, username: user, scope: scopes.join(' ') },
});

/**
 * Starts a Keyfob for tests: in a temporary folder, under a random key, on a free port. Several may run in one process. Rejects with
 * a fault of the seed, with a taken port, and as {@link openEphemeralApp}; then nothing stays open.
 */
export const startKeyfob: StartKeyfob = async (options = {}) => {
  const { seed, env = process.env, port = 0, httpPort, host, names = [] } = options;
  await using opened = new AsyncDisposableStack();
  const { app } = await openEphemeralApp({ what: 'startKeyfob', reach: { host, names }, onError: logError }, opened);
  const { call } = app;
  if (seed !== undefined)
    await applySeed(
      app,
      typeof seed === 'string'
        ? await readSeed(seed)
        : { content: Buffer.from(JSON.stringify(seed)), folder: process.cwd() },
      env,
    );
  const {
    tokenUrl = '',
    revokeUrl = '',
    introspectUrl = '',
    httpTokenUrl,
  } = await app.endpoint.start({ port, httpPort });
  const { pem: ca, caFile } = await call('endpoint.exportCa', {});
  const resources = opened.move();
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= resources.disposeAsync();
    return stopped;
  };
  const keyfob: Keyfob = {
    ...{ tokenUrl, revokeUrl, introspectUrl, ca, caFile, baseUrl: tokenUrl.replace(/\/token$/, '') },
    ...(httpTokenUrl !== undefined && { httpTokenUrl }),
    token: (selection) => call('tokens.issue', selected(selection)),
    async mint({ devices, ...selection }) {
      return (await call('devices.mint', { ...selected(selection), device: [...devices] })).items;
    },
    keys: (application, keyType = 'PRODUCTION') => call('keys.reveal', { application, keyType }),
    async advanceClock(seconds) {
      const { clockOffsetSeconds } = await call('settings.read', {});
      await call('settings.write', { clockOffsetSeconds: clockOffsetSeconds + seconds });
    },
    async requests() {
      return (await call('requests.list', { limit: 1000 })).items.toReversed();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
  return keyfob;
};
