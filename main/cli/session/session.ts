import { setTimeout as delay } from 'node:timers/promises';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { connectControl, noControlFile, OwnerGone, unreachable } from '../../transport/client.ts';
import type { Caller } from '../../transport/reply.ts';
import type { Openable } from './openVault.ts';

/** An app in this process. */
export interface OpenApp extends Openable {
  close(): Promise<void>;
}

export interface SessionParts {
  readonly folder: string;
  /** Throws `folder_owned` while another process owns the folder. */
  readonly openApp: (folder: string) => Promise<OpenApp>;
  /** Opens the vault of an app in this process, before its first call. */
  readonly prepare: (app: OpenApp) => Promise<void>;
}

export interface Session {
  readonly call: Caller;
  /** Whether the data folder is open in this process, so that work in the background ends with it. */
  readonly isOwn: () => boolean;
  close(): Promise<void>;
}

/** How long to retry while another process starts or ends: usually another short command. */
const retryForMs = 10_000;
const pauseMs = 50;

/**
 * Calls the process that owns the data folder. Without an owner, opens the folder in this process. Repeats a call that an owner
 * did not take because it was starting or ending. Throws `folder_owned` if the owner never answers.
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
        if (waitedMs >= retryForMs) throw unreachable(error, why);
        await delay(pauseMs);
        continue;
      }
      await prepare(own);
      return await own.call(name, input, options);
    }
  };

  return { call, isOwn: () => own !== undefined, close: async () => await own?.close() };
}
