import { setTimeout as delay } from 'node:timers/promises';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { connectControl, noControlFile, OwnerGone, unreachable } from '../../transport/client.ts';
import type { Caller } from '../../transport/reply.ts';
import type { Openable } from './openVault.ts';

/** The engine opened in this process. */
export interface OpenApp extends Openable {
  close(): Promise<void>;
}

export interface SessionParts {
  readonly folder: string;
  /** Throws `folder_owned` while another process owns the folder. */
  readonly openApp: (folder: string) => Promise<OpenApp>;
  /** Makes an app opened here ready for calls: opens its vault. */
  readonly prepare: (app: OpenApp) => Promise<void>;
}

export interface Session {
  readonly call: Caller;
  /** Whether the folder is open here; then what goes on beside the calls ends with this process. */
  readonly isOwn: () => boolean;
  close(): Promise<void>;
}

/** How long to wait for a folder whose owner is starting or ending: other short commands, mostly. */
const patienceMs = 10_000;
const pauseMs = 50;

/**
 * Calls the process that owns the data folder, or opens it here when there is none. A call that met an owner who was
 * going or coming is made again: it had not been made.
 */
export function createSession({ folder, openApp, prepare }: SessionParts): Session {
  let own: OpenApp | undefined;

  const call: Caller = async (name, input, options) => {
    for (let waitedMs = 0; ; waitedMs += pauseMs) {
      const client = own === undefined ? connectControl(folder) : undefined;
      let why = noControlFile;
      try {
        if (client !== undefined) return await client.call(name, input, options);
      } catch (error) {
        if (!(error instanceof OwnerGone)) throw error;
        why = error.message;
      }
      try {
        own ??= await openApp(folder);
      } catch (error) {
        if (!(error instanceof KeyfobError) || error.code !== 'folder_owned') throw error;
        if (waitedMs >= patienceMs) throw unreachable(error, why);
        await delay(pauseMs);
        continue;
      }
      await prepare(own);
      return await own.call(name, input, options);
    }
  };

  return { call, isOwn: () => own !== undefined, close: async () => await own?.close() };
}
