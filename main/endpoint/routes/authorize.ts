import type { Route } from '../../listener/route.ts';
import { paths, type SignIn } from '../signIn/signIn.ts';
import { pageRoute } from './pageRoute.ts';

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
