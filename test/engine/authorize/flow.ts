import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type {
  AuthorizeOutcome,
  ConsentAnswer,
  SignedIn,
  Visitor,
} from '../../../main/engine/oauth/authorize/authorize.ts';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import { openWorld } from '../../helpers/engine.ts';

export const callback = 'https://app.test/cb';
export const loopbackCallback = 'http://127.0.0.1/cb';
/** The vector of https://www.rfc-editor.org/rfc/rfc7636#appendix-B */
export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

type Form = Readonly<Record<string, string>>;

/** The setup of the OpenID reference, section 14: K is confidential, P is public and needs PKCE; both may use codes. */
export async function openFlow(t: TestContext, settings: Partial<Settings> = {}) {
  const world = await openWorld(t, settings);
  const grants = { grantTypes: ['authorization_code', 'refresh_token', 'password'] as const };
  await world.call('keys.update', { ...world.production, grantTypes: [...grants.grantTypes], callbackUrl: callback });
  await world.call('keys.update', {
    ...world.sandbox,
    grantTypes: [...grants.grantTypes],
    callbackUrl: loopbackCallback,
    publicClient: true,
    pkce: 'required',
  });
  const { authorization } = world.engine.oauth;
  const { client: k, sandboxClient: p } = world;

  const signIn = (username = 'bob', password = 'bob-secret'): SignedIn => {
    const signedIn = authorization.signIn({ username, password });
    assert.ok(signedIn);
    return signedIn;
  };
  const begin = async (form: Form = {}, signedIn?: SignedIn): Promise<AuthorizeOutcome> => {
    const all = { client_id: k.id, redirect_uri: callback, response_type: 'code', state: 's', ...form };
    const sent = Object.entries(all).filter(([, value]) => value !== '');
    return await world.run(() => authorization.begin(new Map(sent), signedIn));
  };
  /** Parameters of a redirect, and where it goes. */
  const redirectOf = (outcome: AuthorizeOutcome) => {
    assert.equal(outcome.kind, 'redirect', JSON.stringify(outcome));
    assert.ok(outcome.kind === 'redirect');
    return {
      to: outcome.target.redirectUri,
      names: outcome.parameters.map(([name]) => name),
      ...Object.fromEntries(outcome.parameters),
    };
  };
  const approve = async (form: Form = {}, answer: ConsentAnswer = 'approve', signedIn = signIn()) => {
    const outcome = await begin(form, signedIn);
    assert.ok(outcome.kind === 'consent', JSON.stringify(outcome));
    const visitor: Visitor = { signedIn, fresh: false };
    return await world.run(() => authorization.answerConsent(outcome.request, visitor, answer));
  };
  /** A code that bob approved. */
  const code = async (form: Form = {}): Promise<string> => {
    const { code: value = '' } = redirectOf(await approve(form)) as { readonly code?: string };
    assert.match(value, /^[\w-]{28}$/);
    return value;
  };
  const exchange = (value: string, form: Form = {}, as: Parameters<typeof world.token>[1] = k) => {
    const all = { grant_type: 'authorization_code', code: value, redirect_uri: callback, ...form };
    return world.token(Object.fromEntries(Object.entries(all).filter(([, text]) => text !== '')), as);
  };
  const asPublic = { body: { id: p.id, secret: undefined } };
  const ofPublic = {
    client_id: p.id,
    redirect_uri: loopbackCallback,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  return {
    ...world,
    ...{ k, p, asPublic, ofPublic, authorization, signIn, begin, redirectOf, approve, code, exchange },
  };
}
