import { readFile } from 'node:fs/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { CallReply, RunCall } from '../engine/ports/runCall.ts';
import { callFailure, tooLate } from './callFailure.ts';
import { type Encoding, outgoingOf } from './outgoing.ts';
import { readReplyBody } from './replyBody.ts';

export interface RunnerOptions {
  readonly encoding: Encoding;
  /** Milliseconds for the whole call. */
  readonly limitMs?: number;
}

const headersOf = ({ rawHeaders }: IncomingMessage): CallReply['headers'] =>
  rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [{ name, value: rawHeaders[at + 1] ?? '' }] : []));

/** Reads the authority with each call, as curl does. */
const readCa = async (file: string | undefined): Promise<string | undefined> => {
  if (file === undefined) return undefined;
  return await readFile(file, 'utf8').catch((error: unknown) => {
    const message = `The certificate file ${file} cannot be read. Restart Keyfob, which writes it again.`;
    throw new KeyfobError('call_failed', message, {}, { cause: error });
  });
};

type Outgoing = ReturnType<typeof outgoingOf>;

/** Sends a request; resolves with the headers of its response. */
const send = ({ url, options, body }: Outgoing, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent = request({ ...options, signal }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });

/**
 * Creates the function that makes calls to this machine: no proxy, no redirects, a time limit, and a limited body. A
 * stream that is still open at the time limit gives its start.
 */
export const createRunCall =
  ({ encoding, limitMs = 30_000 }: RunnerOptions): RunCall =>
  async (model, watch) => {
    const stop = new AbortController();
    const unwatch = watch.whenCancelled(() => stop.abort());
    const late = AbortSignal.timeout(limitMs);
    const ended = AbortSignal.any([stop.signal, late]);
    const outgoing = outgoingOf(model, encoding, await readCa(model.insecure ? undefined : model.caFile));
    const startedAtMs = performance.now();
    try {
      const response = await send(outgoing, ended);
      const body = await readReplyBody(response, late);
      response.destroy();
      if (stop.signal.aborted) throw new KeyfobError('cancelled', 'Stopped.');
      return {
        status: response.statusCode ?? 0,
        statusText: response.statusMessage ?? '',
        headers: headersOf(response),
        ...body,
        durationMs: Math.round((performance.now() - startedAtMs) * 10) / 10,
      };
    } catch (error) {
      if (error instanceof KeyfobError) throw error;
      const { host } = outgoing.url;
      if (stop.signal.aborted) throw new KeyfobError('cancelled', 'Stopped.', {}, { cause: error });
      throw late.aborted ? tooLate(host, limitMs / 1000) : callFailure(error, host);
    } finally {
      unwatch();
    }
  };
