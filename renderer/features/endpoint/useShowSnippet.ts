import type { EndpointRequest } from '../../../preload/contract/endpoint.ts';
import type { KeySet } from '../../../preload/contract/keys.ts';
import type { SnippetCall } from '../../../preload/contract/snippets.ts';
import type { Token } from '../../../preload/contract/tokens.ts';
import { useKeyfob } from '../../store/context.ts';
import type { Selected } from '../../store/selection.ts';

/** The scopes that the token engine adds or that stand for none: nobody asks for them. */
const notAskedFor = ['default', 'am_application_scope'];

function callOf({ path, grantType }: EndpointRequest): SnippetCall {
  if (path.endsWith('/revoke')) return 'revoke';
  if (path.endsWith('/introspect')) return 'introspect';
  return grantType === 'refresh_token' ? 'refresh' : 'token';
}

const selectedBy = ({ userType, user, device, scope }: Token): Partial<Selected> => ({
  username: userType === 'APPLICATION_USER' ? user : undefined,
  device,
  scope: scope
    .split(' ')
    .filter((one) => one !== `device_${device}` && !notAskedFor.includes(one))
    .join(' '),
});

/** Shows a request as the snippet pane would write it: its application, its call, and the user and scopes of its token. */
export function useShowSnippet(): (request: EndpointRequest, keySet: KeySet) => Promise<void> {
  const { host, store } = useKeyfob();
  return async (request, { application, keyType }) => {
    const { tokenId, grantType } = request;
    const items = tokenId === undefined ? [] : (await host.call('tokens.readMany', { ids: [tokenId] })).items;
    const { selection, layout, snippets } = store.getState();
    const [token] = items;
    selection.select({
      application,
      keyType,
      ...(token !== undefined && selectedBy(token)),
      // Which user was refused is not kept; that it was none is known.
      ...(token === undefined && grantType === 'client_credentials' && { username: undefined, device: undefined }),
    });
    if (token !== undefined) selection.select({ tokenId: token.id });
    snippets.chooseCall(callOf(request));
    if (!layout.snippetPane) layout.toggleSnippetPane();
  };
}
