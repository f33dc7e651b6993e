import type { App } from '../app/app.ts';

/** The newest valid device token. `undefined` if the vault is locked or its value is not stored. */
async function lastDeviceToken({
  call,
  vault,
}: App): Promise<{ readonly id: number; readonly device: string } | undefined> {
  if (vault.status().state !== 'unlocked') return undefined;
  const { items } = await call('tokens.list', { deviceTokens: true, state: 'ACTIVE', validity: 'valid', limit: 1 });
  const [token] = items;
  return token?.device === undefined || token.persistence === 'hashed'
    ? undefined
    : { id: token.id, device: token.device };
}

/** The state that the tray shows. */
export async function readTrayState(app: App) {
  const endpoint = await app.call('endpoint.status', {});
  return { endpoint, vault: app.vault.status().state, lastDevice: (await lastDeviceToken(app))?.device };
}

/** The value of the newest valid device token, if there is one. */
export async function revealLastDeviceToken(app: App): Promise<string | undefined> {
  const last = await lastDeviceToken(app);
  if (last === undefined) return undefined;
  const { accessToken } = await app.call('tokens.reveal', { token: String(last.id) });
  return accessToken;
}

const pauseMs = 250;

/** Calls `changed` after events that may change the tray, at most four times a second. Returns a function that stops it. */
export function watchTrayState(app: App, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const stop = app.events.onAny((name) => {
    if (name === 'requests.added' || name === 'vault.rotating') return;
    timer ??= setTimeout(() => {
      timer = undefined;
      changed();
    }, pauseMs).unref();
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
