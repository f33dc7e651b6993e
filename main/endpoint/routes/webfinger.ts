import { errorReply, json } from '../../listener/reply.ts';
import type { Route } from '../../listener/route.ts';
import { parseQuery } from '../form/parameters.ts';

const issuerRelation = 'http://openid.net/specs/connect/1.0/issuer';
const noResource = errorReply(
  400,
  'invalid_request',
  'Send the parameter resource once, with a URI like acct:ann@localhost.',
);

/**
 * `GET /.well-known/webfinger`: the issuer of any user (OpenID reference 1). Another `rel` gets no link.
 * https://openid.net/specs/openid-connect-discovery-1_0.html#IssuerDiscovery
 */
export const webfingerRoute = (issuer: () => string): Route => ({
  methods: ['GET', 'HEAD'],
  body: 'none',
  query: 'read',
  cors: true,
  basicChallenge: false,
  answer({ query }) {
    const parameters = parseQuery(query);
    const resource = parameters instanceof Map ? parameters.get('resource') : undefined;
    if (!(parameters instanceof Map) || !resource) return noResource;
    const isAsked = [undefined, issuerRelation].includes(parameters.get('rel'));
    const links = isAsked ? [{ rel: issuerRelation, href: issuer() }] : [];
    const headers = json.map((value) => (value === 'application/json' ? 'application/jrd+json' : value));
    return { status: 200, headers, body: JSON.stringify({ subject: resource, links }) };
  },
});
