import { asciiJson, json } from '../../listener/reply.ts';
import type { Route } from '../../listener/route.ts';
import type { Service } from '../form/formRoute.ts';

/**
 * Where clients look for metadata: at the host's root, at the issuer as OpenID Connect appends the path and as RFC 8414
 * inserts it, and at WSO2's addresses (OpenID reference 1).
 */
export const metadataPaths = [
  '/.well-known/openid-configuration',
  '/oauth2/token/.well-known/openid-configuration',
  '/.well-known/openid-configuration/oauth2/token',
  '/oauth2/oidcdiscovery/.well-known/openid-configuration',
  '/oidcdiscovery/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/.well-known/oauth-authorization-server/oauth2/token',
];

/** `GET /.well-known/openid-configuration` (https://www.rfc-editor.org/rfc/rfc8414#section-3). */
export const metadataRoute = (service: Service): Route => ({
  methods: ['GET', 'HEAD'],
  body: 'none',
  query: 'ignored',
  cors: true,
  basicChallenge: false,
  answer: ({ hostname }) => ({ status: 200, headers: json, body: asciiJson(service.oauth.metadata(hostname)) }),
});
