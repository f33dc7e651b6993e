import type { Exchange } from '../../listener/exchange.ts';
import type { Reply } from '../../listener/reply.ts';
import type { Route } from '../../listener/route.ts';
import { charsetOf } from '../form/mediaType.ts';
import { joinParameters, parseForm, parseQuery, repeated } from '../form/parameters.ts';
import { errorPage } from '../pages/signInPages.ts';
import { paths, type SignIn } from '../signIn/signIn.ts';

/** The parameters of URL and form, or the page of malformed ones. */
const parametersOf = ({ query, request }: Exchange, body: Buffer): Map<string, string> | Reply => {
  const refuse = (reply: Reply): Reply => {
    const description =
      reply === repeated ? 'Invalid authorization request with repeated parameters' : reply.errorDescription;
    return errorPage({ error: 'invalid_request', description: description ?? '' });
  };
  const inUrl = parseQuery(query);
  if (!(inUrl instanceof Map)) return refuse(inUrl);
  if (body.length === 0) return inUrl;
  const charset = charsetOf(request.headers['content-type']);
  if (typeof charset === 'object') return refuse(charset);
  const form = parseForm(body, charset);
  if (!(form instanceof Map)) return refuse(form);
  return [...form.keys()].some((name) => inUrl.has(name)) ? refuse(repeated) : joinParameters(inUrl, form);
};

const shared = { body: 'form', query: 'read', cors: false, basicChallenge: false } as const;

/** A page, or the form of one. Never readable by other sites' pages. */
const pageRoute = (
  methods: readonly string[],
  answer: (exchange: Exchange, parameters: Map<string, string>) => Reply | Promise<Reply>,
): Route => ({
  ...shared,
  methods,
  answer(exchange, body) {
    const parameters = parametersOf(exchange, body);
    return parameters instanceof Map ? answer(exchange, parameters) : parameters;
  },
});

/**
 * `GET|POST /authorize` (https://www.rfc-editor.org/rfc/rfc6749#section-3.1), and the forms and pages behind it.
 */
export const authorizeRoutes = (signIn: SignIn): ReadonlyMap<string, Route> => {
  const authorize: Route = {
    ...pageRoute(['GET', 'POST'], (exchange, parameters) => {
      const afterConsent = parameters.get('sessionDataKeyConsent');
      if (afterConsent !== undefined) return signIn.answerConsent(exchange, afterConsent, parameters.get('consent'));
      const afterLogin = parameters.get('sessionDataKey');
      return afterLogin === undefined ? signIn.begin(exchange, parameters) : signIn.resume(exchange, afterLogin);
    }),
    // Apps may send the request by a form: https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
    formsOfAnySite: true,
  };
  return new Map([
    ['/authorize', authorize],
    ['/oauth2/authorize', authorize],
    [paths.login, pageRoute(['GET'], (exchange, all) => signIn.loginPage(exchange, all.get('sessionDataKey')))],
    [
      paths.consent,
      pageRoute(['GET'], (exchange, all) => signIn.consentPage(exchange, all.get('sessionDataKeyConsent'))),
    ],
    [paths.commonAuth, pageRoute(['POST'], signIn.login)],
  ]);
};
