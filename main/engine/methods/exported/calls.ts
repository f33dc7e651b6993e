import type { GrantType } from '../../../../preload/contract/values.ts';
import { apiLabel } from '../../apis/findApi.ts';
import { basePathOf } from '../../apis/paths.ts';
import type { Client } from '../../clients/client.ts';
import type { ExportedCall, ExportedCalls } from '../../ports/export.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ApiRow } from '../../ports/store/apis.ts';
import { addressesOf } from '../calls/target.ts';

/** An API can have 500 resources. API clients list all calls of a collection. */
const mostPerApi = 100;

const tokens = { group: 'Tokens', method: 'POST', path: [], auth: 'basic' } as const;

const formOf: { readonly [G in GrantType]: ExportedCall['form'] } = {
  client_credentials: [{ name: 'grant_type', value: 'client_credentials' }],
  password: [
    { name: 'grant_type', value: 'password' },
    { name: 'username', variable: 'username' },
    { name: 'password', variable: 'password' },
  ],
  authorization_code: [
    { name: 'grant_type', value: 'authorization_code' },
    { name: 'code', variable: 'code' },
    { name: 'redirect_uri', variable: 'redirectUri' },
  ],
  refresh_token: [
    { name: 'grant_type', value: 'refresh_token' },
    { name: 'refresh_token', variable: 'refreshToken' },
  ],
};

const grantNames: { readonly [G in GrantType]: string } = {
  password: 'Token: password',
  client_credentials: 'Token: client credentials',
  authorization_code: 'Token: authorization code',
  refresh_token: 'Refresh the token',
};

/** The last call decides the token of the calls below. A user token opens more resources. */
const grantOrder = ['client_credentials', 'authorization_code', 'password', 'refresh_token'] as const;

/** A token call for each grant of a key set. */
const tokenCalls = ({ keySet: { grantTypes, publicClient, pkce } }: Client): readonly ExportedCall[] => {
  const verifier = publicClient || pkce === 'required' ? [{ name: 'code_verifier', variable: 'codeVerifier' }] : [];
  return grantOrder
    .filter((grant) => grantTypes.includes(grant))
    .map((grant) => ({
      ...{ ...tokens, name: grantNames[grant], url: 'tokenUrl', grant },
      auth: publicClient ? 'none' : 'basic',
      form: [
        ...formOf[grant],
        ...(grant === 'authorization_code' ? verifier : []),
        // A public client names itself in the form, without a secret.
        ...(publicClient ? [{ name: 'client_id', variable: 'consumerKey' }] : []),
      ],
    }));
};

const aboutToken = { ...tokens, form: [{ name: 'token', variable: 'accessToken' }] };
const introspectCall: ExportedCall = { ...aboutToken, name: 'Introspect the token', url: 'introspectUrl' };
/** At the end: people run the calls of a collection in order. */
const revokeCall: ExportedCall = { ...aboutToken, group: 'Revocation', name: 'Revoke the token', url: 'revokeUrl' };

const variableOf = (name: string): string => `path_${name.replace(/[^A-Za-z0-9]/g, '_')}`;

/** The path of a URI template. `*` at its end matches anything, so nothing replaces it. */
const pathOf = (api: ApiRow, template: string): ExportedCall['path'] => {
  const text = `${basePathOf(api)}/${template.replace(/^\//, '').replace(/\*$/, '')}`;
  return text.split(/(\{[^{}]+\})/).flatMap((piece): ExportedCall['path'] => {
    const [, name] = /^\{([^{}]+)\}$/.exec(piece) ?? [];
    if (name !== undefined) return [{ variable: variableOf(name) }];
    return piece === '' ? [] : [piece.replaceAll('{', '%7B').replaceAll('}', '%7D')];
  });
};

const callsOfApi = (api: ApiRow): readonly ExportedCall[] =>
  api.resources.slice(0, mostPerApi).map(({ verb, template, authType }) => ({
    ...{ group: apiLabel(api), name: `${verb} ${template}`, method: verb },
    ...{ url: 'baseUrl', path: pathOf(api, template), auth: authType === 'None' ? 'none' : 'bearer', form: [] },
  }));

/** The APIs that an application has subscribed to, each once, by name. */
export const subscribedApis = ({ store }: Ports, { application }: Client): readonly ApiRow[] => {
  const ids = new Set(store.subscriptions.ofApplication(application.id).map(({ apiId }) => apiId));
  return store.apis.list().filter(({ id }) => ids.has(id));
};

/** The calls of an application at this machine: tokens by each of its grants, and its subscribed APIs. */
export const exportedCalls = (
  ports: Ports,
  client: Client,
  baseUrl: string,
): { readonly calls: ExportedCalls; readonly notes: readonly string[] } => {
  const { revokeUrl, introspectUrl } = addressesOf(ports, { server: undefined });
  const { grantTypes, callbackUrl, publicClient, pkce } = client.keySet;
  const apis = subscribedApis(ports, client);
  const ofApis = apis.flatMap(callsOfApi);
  const calls = [...tokenCalls(client), introspectCall, ...ofApis, revokeCall];
  const variables = ofApis.flatMap(({ path }) =>
    path.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.variable])),
  );
  const cut = apis.filter(({ resources }) => resources.length > mostPerApi);
  return {
    calls: {
      authorizeUrl: ports.endpoint.status().authorizeUrl ?? `${baseUrl}/authorize`,
      revokeUrl: revokeUrl(),
      introspectUrl: introspectUrl(),
      calls,
      pathVariables: [...new Set(variables)],
      ...(grantTypes.includes('authorization_code') && {
        signIn: {
          // A pattern stands for several callbacks.
          callbackUrl: callbackUrl.startsWith('regexp=') ? '' : callbackUrl,
          pkce: publicClient || pkce === 'required',
        },
      }),
    },
    notes: [
      ...cut.map(
        (api) => `Of ${apiLabel(api)} only the first ${mostPerApi} of ${api.resources.length} resources are included.`,
      ),
      ...(variables.length > 0
        ? ['Set the variables path_… to the values of the URI templates. Each is 1 at first.']
        : []),
    ],
  };
};
