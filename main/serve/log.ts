import type { EndpointStatus } from '../../preload/contract/endpoint.ts';
import type { LoggedRequest } from '../../preload/contract/requests.ts';
import type { App } from '../app/app.ts';
import type { ServeFlags } from '../cli/program/actions.ts';
import { timeOfDay } from '../cli/text/values.ts';
import { visible } from '../system/visible.ts';

function requestLine({ atMs, method, path, status, clientId, grantType, tokenId, error }: LoggedRequest): string {
  const token = tokenId === undefined ? undefined : `token ${tokenId}`;
  const parts = [timeOfDay(new Date(atMs)), method, path, status, clientId, grantType, token, error];
  return parts.filter((part) => part !== undefined).join(' ');
}

/** One line of `--log json`: an event with its time, and no secret. */
const entry = (event: string, atMs: number, fields: object): string =>
  `${JSON.stringify({ time: new Date(atMs).toISOString(), event, ...fields })}\n`;

/** The ready line of `--log json`. */
export const readyEntry = (status: EndpointStatus): string =>
  entry('ready', Date.now(), { ...status, pid: process.pid });

/** The last line of `--log json`. */
export const stoppingEntry = (): string => entry('stopping', Date.now(), {});

/** Prints each request: a line for people on stderr, or with `--log json` one JSON object a line on stdout. */
export function printRequests(app: App, { json = false, quiet = false, log }: ServeFlags): void {
  if (log === 'none' || (log === undefined && (json || quiet))) return;
  app.events.onAny((name, data) => {
    if (name !== 'requests.added') return;
    const request = data as LoggedRequest;
    const { atMs, sequence: _, hasDetails: __, ...fields } = request;
    if (log === 'json') process.stdout.write(entry('request', atMs, fields));
    else process.stderr.write(`${visible(requestLine(request))}\n`);
  });
}
