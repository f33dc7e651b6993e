import { KeyfobError } from '../../../../preload/contract/errors.ts';
import { hostOfAddress, type Server } from '../../../../preload/contract/servers.ts';
import type { SnippetTarget } from '../../../../preload/contract/snippets.ts';
import type { Client } from '../../clients/client.ts';
import { badInput } from '../../errors.ts';
import type { Ports } from '../../ports/ports.ts';
import type { SnippetModel } from '../../ports/snippet.ts';
import { apiModel, hostOf, isLoopback } from './apiCall.ts';

/**
 * The server that a call goes to, undefined for this machine. Without a choice, provided keys call their server. Throws
 * `bad_input` for generated keys, `refused` for this machine where the keys are not served.
 */
export const targetOf = (
  { keySet: { server, servedHere, keyType }, application }: Client,
  target: SnippetTarget | undefined,
): Server | undefined => {
  if (server === null) {
    if (target !== 'server') return undefined;
    throw badInput('target', 'These keys were generated here, so they have no other server. Call this machine.');
  }
  if (target !== 'machine') return server;
  if (servedHere) return undefined;
  throw new KeyfobError(
    'refused',
    `The ${keyType} keys of "${application.name}" are not served here. Turn on "Also serve here", or call the server.`,
  );
};

/** The file of the server's authority, for `--cacert`; none where the system's authorities decide. */
const trustOf = (ports: Ports, { caCertificate }: Server): Pick<SnippetModel, 'caFile'> =>
  caCertificate === '' ? {} : { caFile: ports.serverCaFile(caCertificate) };

const demandAddress = (url: string, { tokenUrl }: Server, what: string, flag: string): string => {
  if (url !== '') return url;
  throw new KeyfobError(
    'refused',
    `The ${what} address of ${hostOfAddress(tokenUrl)} is not known. Add it: Edit server, or \`keyfob keys update-server --${flag}\`.`,
  );
};

/** Where the calls of a request go, and how curl gets there. The functions throw `refused` for an unknown address. */
export const addressesOf = (ports: Ports, { server }: { readonly server: Server | undefined }) => {
  if (server !== undefined) {
    const { tokenUrl, revokeUrl, introspectUrl } = server;
    return {
      tokenUrl,
      revokeUrl: () => demandAddress(revokeUrl, server, 'revocation', 'revoke-url'),
      introspectUrl: () => demandAddress(introspectUrl, server, 'introspection', 'introspect-url'),
      ...trustOf(ports, server),
      server: hostOfAddress(tokenUrl),
      direct: isLoopback(hostOf(tokenUrl) ?? ''),
    };
  }
  const status = ports.endpoint.status();
  // While the endpoint is stopped, use the port it will have.
  const origin = `https://localhost:${ports.store.settings.read().port}`;
  return {
    tokenUrl: status.tokenUrl ?? `${origin}/token`,
    revokeUrl: () => status.revokeUrl ?? `${origin}/revoke`,
    introspectUrl: () => status.introspectUrl ?? `${origin}/oauth2/introspect`,
    caFile: status.caFile,
    direct: true,
  };
};

/** A call of an API with a token of the server. Throws `bad_input` without its URL. */
export const serverApiModel = (
  ports: Ports,
  server: Server,
  url: string | undefined,
  token: string | null,
): SnippetModel => {
  if (url === undefined) {
    throw badInput(
      'url',
      `Name the URL of the API to call: Keyfob does not know the APIs of ${hostOfAddress(server.tokenUrl)}.`,
    );
  }
  const { caFile: ours, ...model } = apiModel(ports, url, token);
  const isSameHost = hostOf(url) === hostOf(server.tokenUrl);
  const trust = isSameHost ? trustOf(ports, server) : ours === undefined ? {} : { caFile: ours };
  return { ...model, ...trust, server: hostOfAddress(server.tokenUrl) };
};
