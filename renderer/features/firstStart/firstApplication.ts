import type { Keyfob } from '../../store/context.ts';
import { newPassword } from '../../store/topics/newPassword.ts';

type Call = Keyfob['host']['call'];

/** The sample's contents. */
export const sample = { application: 'Shop', username: 'tester', devices: ['ipad', 'iphone', 'pixel'] } as const;

async function withProductionKeys(call: Call, name: string, useExisting: boolean): Promise<number> {
  const { items } = useExisting ? await call('applications.list', {}) : { items: [] };
  const { id, keyTypes } = items.find((found) => found.name === name) ?? (await call('applications.create', { name }));
  if (!keyTypes.includes('PRODUCTION')) {
    await call('keys.generate', { application: String(id), keyType: 'PRODUCTION' });
  }
  return id;
}

/**
 * Creates an application with Production keys; gives its id. `tried`: an earlier attempt with this name failed, so its
 * remains are used. Rejects with `conflict` for a taken name.
 */
export const makeOwn = (call: Call, name: string, tried: boolean): Promise<number> =>
  withProductionKeys(call, name, tried);

/**
 * Creates the sample: an application with Production keys, a user, and a token per device. Gives the application's id.
 * Existing parts are used, so that it can run again.
 */
export async function makeSample(call: Call): Promise<number> {
  const { items } = await call('users.list', {});
  const { username } = sample;
  const user = items.find((found) => found.username === username);
  if (user === undefined) await call('users.create', { username, password: newPassword() });
  else if (!user.hasPassword) await call('users.setPassword', { user: username, password: newPassword() });
  const id = await withProductionKeys(call, sample.application, true);
  await call('devices.mint', {
    application: String(id),
    keyType: 'PRODUCTION',
    username,
    device: [...sample.devices],
  });
  return id;
}
