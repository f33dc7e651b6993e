import { type Client, livingClient } from '../clients/client.ts';
import { demandActive, unknownClient } from '../clients/clientRules.ts';
import { type RequestContext, refusal } from '../decisions/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import type { KeySetRow } from '../ports/store/keys.ts';
import type { ClientCredentials } from './oauth.ts';

/**
 * Credentials that matched, with the key set row they matched. A connection sends the same credentials object with each
 * request, and each request is decided twice. A changed row or secret gives another row object, so the entry is stale.
 */
const matched = new WeakMap<NonNullable<ClientCredentials['basic']>, KeySetRow>();

/**
 * Authenticates the client in the order of reference 2.1: a known and active client, one method only, the secret. A
 * public client needs no secret where `allowsPublic`.
 * @throws OAuthError 401 invalid_client; 400 invalid_request for two methods at once
 * (https://www.rfc-editor.org/rfc/rfc6749#section-2.3)
 */
export const authenticateClient = (
  ports: Ports,
  context: RequestContext,
  credentials: ClientCredentials,
  { allowsPublic }: { readonly allowsPublic: boolean },
): Client => {
  const { basic, body } = credentials;
  const consumerKey = basic?.id || body?.id;
  if (!consumerKey) throw refusal(context, 401, 'invalid_client', 'Client Authentication failed.', 'no_credentials');

  // Only some clients form-encode Basic credentials, and a key of another server may look encoded.
  const keySet =
    ports.store.keySets.byConsumerKey(consumerKey) ?? ports.store.keySets.byConsumerKey(basic?.undecoded?.id ?? '');
  const client = livingClient(ports, keySet);
  if (client === undefined) {
    throw refusal(
      context,
      401,
      'invalid_client',
      unknownClient(consumerKey),
      keySet ? 'application_deleted' : 'client_unknown',
    );
  }
  context.client = client;
  demandActive(context, client);

  // Many clients send a client_id in the body in addition to Basic. It is harmless if both name the same client.
  if (basic && body && (body.secret || (body.id && body.id !== basic.id && body.id !== basic.undecoded?.id))) {
    const text = 'The client MUST NOT use more than one authentication method in each';
    throw refusal(context, 400, 'invalid_request', text);
  }
  // A public client names itself in the body, and has no secret that it could keep.
  if (allowsPublic && client.keySet.publicClient && !basic && body?.id && !body.secret) return client;
  const [secret, undecoded] = basic ? [basic.secret, basic.undecoded?.secret] : [body?.secret];
  if (!secret) throw refusal(context, 401, 'invalid_client', 'Client Authentication failed.', 'no_credentials');
  if (basic && matched.get(basic) === client.keySet) return client;
  const matches = (text: string) => ports.store.keySets.secretMatches(client.keySet.id, text);
  if (!matches(secret) && (undecoded === undefined || !matches(undecoded))) {
    throw refusal(context, 401, 'invalid_client', 'Client Authentication failed.', 'secret_wrong');
  }
  if (basic) matched.set(basic, client.keySet);
  return client;
};
