import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { channels, type HostMessage, type PageMessage } from '../../preload/contract/bridge.ts';
import type { Reply } from '../../preload/contract/wire.ts';
import type { Dispatch } from './dispatch.ts';
import { errorReply } from './errors.ts';
import type { Subscribe } from './http.ts';

export interface IpcParts {
  readonly dispatch: Dispatch;
  readonly subscribe: Subscribe;
  /** Whether a message comes from the page that this program shows. All others are refused unread. */
  readonly isOurs: (event: IpcMainEvent | IpcMainInvokeEvent) => boolean;
}

export interface Ipc {
  /** Sends events to this page, and stops its calls when it reloads or closes. */
  attach(page: WebContents): void;
  /** Refuses new calls, stops bulk calls at their next step, and resolves when all running calls are answered. */
  close(): Promise<void>;
}

const malformed = () => errorReply('bad_input', 'A call needs the name of a method, an input and a number.');

function messageOf(message: unknown): PageMessage | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  if (!('number' in message) || !Number.isSafeInteger(message.number)) return undefined;
  const number = Number(message.number);
  if ('cancel' in message) return { number, cancel: true };
  if (!('method' in message) || typeof message.method !== 'string') return undefined;
  return { number, method: message.method, input: 'input' in message ? message.input : {} };
}

/** Sends a message to a page, unless it was destroyed. */
export function sendToPage(page: WebContents, message: HostMessage): void {
  if (!page.isDestroyed()) page.send(channels.news, message);
}

/** Carries contract calls and events between this process and its page. */
export function startIpc({ dispatch, subscribe, isOurs }: IpcParts): Ipc {
  /** The running calls of each page, by the page's own numbers. */
  const running = new Map<WebContents, Map<number, AbortController>>();
  const replies = new Set<Promise<Reply>>();
  let closing = false;

  const stopAll = (page: WebContents) => {
    for (const call of running.get(page)?.values() ?? []) call.abort();
    running.delete(page);
  };

  function answer({ sender }: IpcMainInvokeEvent, message: Exclude<PageMessage, { cancel: true }>): Promise<Reply> {
    const { number, method, input } = message;
    const stop = new AbortController();
    const calls = running.get(sender) ?? new Map<number, AbortController>();
    running.set(sender, calls.set(number, stop));
    const reply = dispatch(
      { method, input },
      {
        signal: stop.signal,
        onProgress: (progress) => sendToPage(sender, { kind: 'progress', news: { number, progress } }),
      },
    ).finally(() => {
      replies.delete(reply);
      if (calls.get(number) === stop) calls.delete(number);
    });
    replies.add(reply);
    return reply;
  }

  ipcMain.handle(channels.call, async (event, message: unknown): Promise<Reply> => {
    if (!isOurs(event)) return errorReply('unauthenticated', 'Only the page of this window may call.');
    if (closing) return errorReply('cancelled', 'Keyfob is closing.');
    const parsed = messageOf(message);
    return parsed === undefined || 'cancel' in parsed ? malformed() : await answer(event, parsed);
  });
  ipcMain.on(channels.call, (event, message: unknown) => {
    if (!isOurs(event)) return;
    const parsed = messageOf(message);
    if (parsed !== undefined && 'cancel' in parsed) running.get(event.sender)?.get(parsed.number)?.abort();
  });

  return {
    attach(page) {
      const unsubscribe = subscribe((name, data) => {
        // The types of name and data match, which the compiler cannot follow here.
        sendToPage(page, { kind: 'event', news: { name, data } } as HostMessage);
      });
      page.on('did-navigate', () => stopAll(page));
      page.on('render-process-gone', () => stopAll(page));
      page.once('destroyed', () => {
        stopAll(page);
        unsubscribe();
      });
    },
    async close() {
      closing = true;
      for (const page of [...running.keys()]) stopAll(page);
      await Promise.all(replies);
      ipcMain.removeHandler(channels.call);
      ipcMain.removeAllListeners(channels.call);
    },
  };
}
