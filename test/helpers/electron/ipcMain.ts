import { EventEmitter } from 'node:events';
import type { IpcMain } from 'electron';

type Handler = Parameters<IpcMain['handle']>[1];

export class StandInIpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`a second handler for ${channel}`);
    this.#handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** Answers a page's `invoke`. */
  async invoked(event: object, channel: string, args: readonly unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return await handler(event as Parameters<Handler>[0], ...args);
  }
}

export const ipcMain = new StandInIpcMain() satisfies Pick<IpcMain, 'handle' | 'removeHandler'>;
