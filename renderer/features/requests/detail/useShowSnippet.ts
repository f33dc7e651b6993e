import type { KeySet } from '../../../../preload/contract/keys.ts';
import type { LoggedRequest } from '../../../../preload/contract/requests.ts';
import { snippets as contract, type SnippetCall } from '../../../../preload/contract/snippets.ts';
import type { Token } from '../../../../preload/contract/tokens.ts';
import { type Keyfob, useKeyfob } from '../../../store/context.ts';

/** Scopes that the engine adds. No request names them. */
const notAskedFor = ['default', 'am_application_scope'];

function callOf({ path, grantType, api }: LoggedRequest): SnippetCall {
  if (api !== undefined) return 'api';
  if (path.endsWith('/revoke')) return 'revoke';
  if (path.endsWith('/introspect')) return 'introspect';
  if (path.endsWith('/authorize') || grantType === 'authorization_code') return 'code';
  return grantType === 'refresh_token' ? 'refresh' : 'token';
}

const scopesOf = ({ scope, device }: Token): string =>
  scope
    .split(' ')
    .filter((one) => one !== `device_${device}` && !notAskedFor.includes(one))
    .join(' ');

/** Chooses the called API, without the query: it may hold secrets. */
async function chooseApi({ host, store }: Keyfob, { method, path }: LoggedRequest): Promise<void> {
  const { port } = await host.call('endpoint.status', {});
  const { data = 'GET' } = contract.render.input.shape.method.safeParse(method);
  store.getState().snippets.chooseApi({ method: data, url: `https://localhost:${port ?? ''}${path}` });
}

/** Shows a request in the snippet pane: its application and call, and its token's user and scopes. */
export function useShowSnippet(): (
  request: LoggedRequest,
  keySet: Pick<KeySet, 'application' | 'keyType'>,
) => Promise<void> {
  const keyfob = useKeyfob();
  return async (request, { application, keyType }) => {
    const { host, store } = keyfob;
    if (request.api !== undefined) await chooseApi(keyfob, request);
    const { tokenId, grantType } = request;
    const items = tokenId === undefined ? [] : (await host.call('tokens.readMany', { ids: [tokenId] })).items;
    const { windowContext, layout, snippets } = store.getState();
    const [token] = items;
    const { chosen, names } = windowContext;
    // The log has no name of a refused user, so use the context's.
    const asks = token === undefined && grantType !== 'client_credentials' && chosen.userId !== null;
    windowContext.look({
      ...{ application, keyType, tokenId: token?.id, device: token?.device },
      username: token?.userType === 'APPLICATION_USER' ? token.user : asks ? names.user : undefined,
      scope: token === undefined ? '' : scopesOf(token),
    });
    snippets.chooseCall(callOf(request));
    layout.openSnippetPane();
  };
}
