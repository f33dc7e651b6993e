import type { Ports } from '../../ports/ports.ts';
import { claimScopes } from '../../scopeRules.ts';
import { grants } from '../grants/grants.ts';
import { standardClaims } from './claims.ts';
import { idTokenAlgorithm } from './idToken.ts';

/** Where the endpoint serves what metadata names. A new route adds its line. */
const endpoints = {
  authorization_endpoint: '/oauth2/authorize',
  token_endpoint: '/oauth2/token',
  userinfo_endpoint: '/oauth2/userinfo',
  end_session_endpoint: '/oidc/logout',
  jwks_uri: '/oauth2/jwks',
  revocation_endpoint: '/oauth2/revoke',
  introspection_endpoint: '/oauth2/introspect',
};

/** The ways of a client to send its secret (reference 2.1). */
const clientAuthentication = ['client_secret_basic', 'client_secret_post'];

/** The claims that ID tokens have without any scope. */
const issuerClaims = [
  'sub',
  'iss',
  'aud',
  'azp',
  'exp',
  'iat',
  'nbf',
  'at_hash',
  'amr',
  'auth_time',
  'sid',
  'nonce',
  'c_hash',
];

/**
 * The metadata of the server (https://www.rfc-editor.org/rfc/rfc8414#section-2;
 * https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata; OpenID reference 8). It lists only what
 * is served. URLs have the host name that the client used; the issuer is always the same.
 */
export const metadata = (ports: Ports, hostname: string): Readonly<Record<string, unknown>> => {
  const issuer = ports.endpoint.issuer();
  const { store } = ports;
  const base = issuer.replace(/^(https:\/\/)(?:\[.*\]|[^:/]+)(.*)\/oauth2\/token$/, `$1${hostname}$2`);
  const { requestedClaims, issParameter } = store.settings.read();
  return {
    issuer,
    ...Object.fromEntries(Object.entries(endpoints).map(([name, path]) => [name, `${base}${path}`])),
    grant_types_supported: [...grants.keys()],
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    code_challenge_methods_supported: ['S256', 'plain'],
    authorization_response_iss_parameter_supported: issParameter,
    scopes_supported: ['openid', ...claimScopes],
    claims_supported: [...issuerClaims, ...(requestedClaims === 'none' ? [] : [...standardClaims, 'groups'])],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [idTokenAlgorithm],
    // A public client sends its id only.
    token_endpoint_auth_methods_supported: [...clientAuthentication, 'none'],
    revocation_endpoint_auth_methods_supported: [...clientAuthentication, 'none'],
    introspection_endpoint_auth_methods_supported: clientAuthentication,
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  };
};
