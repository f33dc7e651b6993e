import { note } from '../output/report.ts';
import type { Common } from '../program/actions.ts';
import { openVault } from './openVault.ts';
import type { Parts } from './parts.ts';
import { createSession, type Session } from './session.ts';

/** A session with the data folder of a command line. Its vault is opened for the first call; `opened` closes it. */
export async function openSession(
  { home }: Common,
  { folder, openApp }: Pick<Parts, 'folder' | 'openApp'>,
  opened: AsyncDisposableStack,
): Promise<Session & { readonly folder: string }> {
  const path = await folder(home);
  const session = createSession({ folder: path, openApp, prepare: (app) => openVault(app, note) });
  opened.defer(session.close);
  return { ...session, folder: path };
}
