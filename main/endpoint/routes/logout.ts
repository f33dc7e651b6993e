import type { Route } from '../../listener/route.ts';
import { signedOutPage } from '../pages/logoutPages.ts';
import { type SignOut, signOutPaths } from '../signIn/signOut.ts';
import { pageRoute } from './pageRoute.ts';

/** `GET|POST /oidc/logout` (https://openid.net/specs/openid-connect-rpinitiated-1_0.html), its form and its last page. */
export const logoutRoutes = (signOut: SignOut): ReadonlyMap<string, Route> =>
  new Map([
    [signOutPaths.logout, { ...pageRoute(['GET', 'POST'], signOut), formsOfAnySite: true }],
    [signOutPaths.done, pageRoute(['GET'], signedOutPage)],
  ]);
