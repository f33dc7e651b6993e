import { basePathOf } from '../../apis/paths.ts';
import { badInput } from '../../errors.ts';
import type { Ports } from '../../ports/ports.ts';
import type { SnippetModel } from '../../ports/snippet.ts';

/** A `GET` of an API with this token. */
export const apiModel = (ports: Ports, url: string, bearer: string | null): SnippetModel => {
  const host = hostOf(url) ?? '';
  const ours = isOurs(ports, host);
  const caFile = ours ? { caFile: ports.endpoint.status().caFile } : {};
  return {
    ...{ call: 'api', method: 'GET', url, form: [], bearer, insecure: false },
    ...caFile,
    direct: ours || isLoopback(host),
  };
};

/** The URL of `echo/1.0` at this endpoint, or of the first API. Throws `bad_input` without one. */
export const defaultApiUrl = ({ store, endpoint }: Ports): string => {
  const apis = store.apis.list();
  const api = apis.find(({ name }) => name === 'echo') ?? apis[0];
  if (api === undefined) throw badInput('url', 'Name the URL of the API to call.');
  const port = endpoint.status().port ?? store.settings.read().port;
  return `https://localhost:${port}${basePathOf(api)}/`;
};

/** In lower case, an IPv6 address without brackets. Undefined for a text that programs read in different ways. */
export const hostOf = (url: string): string | undefined => {
  const found = /^https?:\/\/(?:[^/?#\\@]*@)?(?:\[([\da-f:.]+)\]|([^/?#\\@:[\]]+))(?::\d*)?(?:[/?#]|$)/i.exec(url);
  return (found?.[1] ?? found?.[2])?.toLowerCase();
};

export const isLoopback = (host: string): boolean =>
  host === '::1' || /^(?:127\.[\d.]+|(?:.+\.)?localhost)$/.test(host);

/** Whether our authority signs the host's certificate. With --cacert, curl trusts no other authority. */
const isOurs = ({ store }: Ports, host: string): boolean =>
  ['localhost', '127.0.0.1', '::1', ...store.settings.read().extraNames].some((own) => own.toLowerCase() === host);

/** Why Keyfob does not make a call: it calls this machine only. Undefined if it does. */
export const whyNoRun = (ports: Ports, { url, server, call }: SnippetModel): string | undefined => {
  const host = hostOf(url);
  // An own name leads to this endpoint, so a server of the same name must be called by the command.
  if (host !== undefined && (isLoopback(host) || (server === undefined && isOurs(ports, host)))) return undefined;
  const orApi = call === 'api' ? ', or create an API with this backend and call that' : '';
  return `Keyfob calls this machine only, and ${host ?? 'this URL'} is another address. Copy the command and run it in a terminal${orApi}.`;
};

/** Throws `bad_input` for a call to another address. */
export const demandThisMachine = (ports: Ports, model: SnippetModel): void => {
  const why = whyNoRun(ports, model);
  if (why !== undefined) throw badInput('url', why);
};
