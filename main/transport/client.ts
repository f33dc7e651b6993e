import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { Progress } from '../../preload/contract/define.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { EventName, Events } from '../../preload/contract/events.ts';
import type { Frame, Reply } from '../../preload/contract/wire.ts';
import { readControlFile } from './controlFile.ts';
import type { WindowAddress } from './http.ts';
import { type Caller, type CallOptions, outputOf } from './reply.ts';

/** No process answers at the control socket. The call was not made, and the folder may be free. The message says why. */
export class OwnerGone extends Error {
  override readonly name = 'OwnerGone';
}

/** The reason when no process has written how to reach it. */
export const noControlFile = 'its control.json is missing';

/** Gives the `folder_owned` error of an owner that stayed out of reach. */
export function unreachable(owned: KeyfobError, why: string): KeyfobError {
  const { owner } = owned.details;
  const who = owner === undefined ? 'Another program' : `${owner.what} (process ${owner.pid})`;
  const message = `${who} owns the data folder and cannot be reached: ${why}; try again in 20 seconds, or end that process.`;
  return new KeyfobError('folder_owned', message, owned.details, { cause: owned });
}

/** An event of the owner. */
export type ControlEvent = { readonly [N in EventName]: { readonly name: N; readonly data: Events[N] } }[EventName];

export interface ControlClient {
  /** Rejects with {@link OwnerGone} when the owner went away before the call was made. */
  readonly call: Caller;
  /** Gives a new address of the owner's window, which works once. Rejects like a call; `not_found` without a window. */
  windowUrl(): Promise<string>;
  /**
   * Subscribes to the owner's events. The returned ones end with the owner's process, or when the signal is aborted.
   * Rejects like a call.
   */
  events(signal: AbortSignal): Promise<AsyncIterable<ControlEvent>>;
  /** The process that owns the folder. */
  readonly pid: number;
}

/** Says why no process answers at a socket, by the code of the error. */
const whyGone: Readonly<Record<string, string>> = {
  ENOENT: 'is gone',
  ECONNREFUSED: 'has no listener',
  ENOTSOCK: 'is not a socket',
  EACCES: 'may not be used by this user',
};

/** Reads frames up to the reply. Gives `undefined` when the stream ends before it. */
async function replyFrom(
  response: IncomingMessage,
  onProgress: (progress: Progress) => void,
): Promise<Reply | undefined> {
  response.setEncoding('utf8');
  const parts: string[] = [];
  for await (const chunk of response as AsyncIterable<string>) {
    const lines = chunk.split('\n');
    const rest = lines.pop() ?? '';
    for (const end of lines) {
      const frame: Frame = JSON.parse(parts.splice(0).join('') + end);
      if ('reply' in frame) return frame.reply;
      onProgress(frame.progress);
    }
    parts.push(rest);
  }
  return undefined;
}

/** Reads one event a line. Ends when the stream ends or breaks. */
async function* eventsIn(response: IncomingMessage): AsyncGenerator<ControlEvent> {
  response.setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of response as AsyncIterable<string>) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

function responseTo(sent: ClientRequest, socket: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.on('response', resolve);
    sent.on('error', (error: NodeJS.ErrnoException) => {
      const why = whyGone[error.code ?? ''];
      reject(why === undefined ? error : new OwnerGone(`its socket ${socket} ${why}`, { cause: error }));
    });
  });
}

/** Gives a client of the process that owns a data folder; `undefined` without a control file. */
export function connectControl(folder: string): ControlClient | undefined {
  const control = readControlFile(folder);
  if (control === undefined) return undefined;
  const { socket, bearer, pid } = control;

  async function send(path: string, body: string, options: CallOptions): Promise<unknown> {
    let last: Progress | undefined;
    const headers = { authorization: `Bearer ${bearer}`, 'content-length': Buffer.byteLength(body) };
    const sent = request({ socketPath: socket, path, method: 'POST', agent: false, headers });
    const stop = () => sent.destroy();
    options.signal?.addEventListener('abort', stop);
    try {
      sent.end(body);
      const response = await responseTo(sent, socket);
      // A bearer of another owner: the file was written by a process that has ended.
      if (response.statusCode === 401) throw new OwnerGone('control.json is from an earlier process');
      const reply = await replyFrom(response, (progress) => {
        if (progress.openUrl === undefined) last = progress;
        options.onProgress?.(progress);
      });
      if (reply === undefined) throw new Error('the answer ended before its reply');
      return outputOf(reply);
    } catch (error) {
      if (error instanceof KeyfobError || error instanceof OwnerGone) throw error;
      if (options.signal?.aborted) {
        if (options.allOrNothing) {
          const message = 'Cancelled; unless it was done at that very moment, nothing was changed.';
          throw new KeyfobError('cancelled', message, {}, { cause: error });
        }
        const stays = last === undefined ? '' : ` At least ${last.done} of ${last.total} were done before, and stay.`;
        throw new KeyfobError('cancelled', `Cancelled.${stays}`, {}, { cause: error });
      }
      const message = `Process ${pid}, which owns the data folder, broke off before it answered; check whether the change took effect before you repeat it.`;
      throw new KeyfobError('internal', message, {}, { cause: error });
    } finally {
      options.signal?.removeEventListener('abort', stop);
    }
  }

  return {
    pid,
    // The owner's dispatch answers by the contract, so the types hold.
    call: (method, input, options = {}) => send('/call', JSON.stringify({ method, input }), options) as Promise<never>,
    async events(signal) {
      const headers = { authorization: `Bearer ${bearer}` };
      const sent = request({ socketPath: socket, path: '/events', agent: false, headers, signal });
      sent.end();
      const response = await responseTo(sent, socket);
      if (response.statusCode === 401) throw new OwnerGone('control.json is from an earlier process');
      return eventsIn(response);
    },
    async windowUrl() {
      const { windowUrl } = (await send('/window', '', {})) as WindowAddress;
      return windowUrl;
    },
  };
}
