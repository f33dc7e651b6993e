import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { type App, type AppOptions, openApp } from '../app/app.ts';
import { isNamePermitted, isSingleLabel } from '../platform/certificates/names.ts';
import { temporaryFolder } from '../system/temporaryFolder.ts';

/** Throws `bad_input` for a host that is no address of this machine, and for a name that no certificate may carry. */
function demandReachable({ host, names }: NonNullable<AppOptions['reach']>): void {
  const own = Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? []);
  if (host !== undefined && !['0.0.0.0', '::', ...own].includes(host)) {
    throw new KeyfobError(
      'bad_input',
      `This machine has no address ${host}. Use one of ${own.join(', ')}, or 0.0.0.0.`,
    );
  }
  const outside = names.find((name) => !isSingleLabel(name) && !isNamePermitted(name));
  if (outside === undefined) return;
  throw new KeyfobError(
    'bad_input',
    `No certificate can be created for ${outside}. Use a name without dots, one that ends in .localhost, .local, .test or .internal, or a private address.`,
  );
}

/**
 * Opens an app in a temporary folder that goes with it, under a random passphrase that is stored nowhere. `opened` closes both. A
 * killed process leaves its folder, sealed, for the next ephemeral start to remove. Throws `bad_input`, and as {@link openApp}.
 */
export async function openEphemeralApp(
  options: Omit<AppOptions, 'folder'>,
  opened: AsyncDisposableStack,
): Promise<{ readonly app: App; readonly folder: string }> {
  const reach = options.reach ?? { names: [] };
  const names = reach.names.map((name) => name.toLowerCase());
  demandReachable({ ...reach, names });
  const folder = temporaryFolder('keyfob-ephemeral-', opened);
  const app = await openApp({ ...options, folder, reach: { ...reach, names } });
  opened.defer(app.close);
  const passphrase = randomBytes(32).toString('base64url');
  await app.call('vault.create', { mode: 'passphrase', passphrase, unattended: true });
  // The idle lock would end the endpoint, and nobody could unlock it.
  await app.call('settings.write', { lockAfterIdleMinutes: null, lockWithScreen: false });
  return { app, folder };
}
