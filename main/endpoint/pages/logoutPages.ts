import type { LogoutOutcome } from '../../engine/oauth/authorize/authorize.ts';
import { html, pageReply } from '../../listener/pages/html.ts';
import type { Reply } from '../../listener/reply.ts';

type Question = Extract<LogoutOutcome, { readonly kind: 'consent' }>;

/** The question of a logout. The form repeats the request, and `key` proves that it comes from our own page. */
export const logoutPage = (
  { user, application, target }: Question,
  request: ReadonlyMap<string, string>,
  key: string,
): Reply =>
  pageReply({
    title: 'Sign out?',
    formTarget: target?.uri,
    body: html`<h1>Sign out?</h1>
<p>${application === undefined ? undefined : html`${application} asks you to sign out. `}This browser is signed in as ${user}. Tokens of apps stay valid.</p>
<form method="post" action="/oidc/logout">
<input type="hidden" name="sessionDataKey" value="${key}">
${[...request].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button class="primary" name="consent" value="approve">Sign out</button>
<button name="consent" value="deny">Stay signed in</button>
</form>`,
  });

/** The last page of a logout that leads to no app. */
export const signedOutPage = (): Reply =>
  pageReply({
    title: 'Signed out',
    body: html`<h1>Signed out</h1><p>This browser is not signed in. You can close the page.</p>`,
  });
