import type { AuthorizeError, ConsentView, LoginView, ReplyTarget } from '../../engine/oauth/authorize/authorize.ts';
import { html, pageReply } from '../../listener/pages/html.ts';
import type { Reply } from '../../listener/reply.ts';

interface Form {
  /** The name of the waiting request. It proves that the form comes from our own page. */
  readonly key: string;
  /** Where the form leads in the end. */
  readonly target: ReplyTarget;
}

/** The sign-in page: name and password, and users to pick. `failed`: the last try was wrong. */
export const loginPage = (
  { application, users }: LoginView,
  { key, target }: Form,
  { username = '', failed = false }: { readonly username?: string | undefined; readonly failed?: boolean },
): Reply => {
  const picks = users.map(({ id, name }) => html`<button name="user" value="${id}" formnovalidate>${name}</button>`);
  return pageReply({
    status: failed ? 401 : 200,
    title: `Sign in to ${application}`,
    formTarget: target.redirectUri,
    body: html`<h1>Sign in to ${application}</h1>
${failed ? html`<p class="error" role="alert">Wrong username or password. Check both, and that the user is enabled.</p>` : undefined}
<form method="post" action="/commonauth">
<input type="hidden" name="sessionDataKey" value="${key}">
<label>Username<input name="username" value="${username}" autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
<label>Password<input name="password" type="password" autocomplete="current-password" required></label>
<button class="primary">Sign in</button>
</form>
${
  picks.length === 0
    ? undefined
    : html`<form method="post" action="/commonauth"><h2>Or continue without a password as</h2>
<input type="hidden" name="sessionDataKey" value="${key}">${picks}</form>`
}`,
  });
};

/** The consent page: what the app gets, and the user's answers. */
export const consentPage = (
  { application, user, scopes, dropped, offersExpiredCode }: ConsentView,
  { key, target }: Form,
): Reply => {
  const items = scopes.map(
    ({ name, description }) =>
      html`<li><code>${name}</code>${description === '' ? undefined : html` <span class="muted">${description}</span>`}</li>`,
  );
  return pageReply({
    title: `Allow ${application}?`,
    formTarget: target.redirectUri,
    body: html`<h1>Allow ${application}?</h1>
<p>${application} wants a token of ${user} with these scopes:</p>
<ul>${items}</ul>
${dropped === undefined ? undefined : html`<p class="muted">${dropped}</p>`}
<form method="post" action="/oauth2/authorize">
<input type="hidden" name="sessionDataKeyConsent" value="${key}">
<button class="primary" name="consent" value="approve">Approve</button>
<button name="consent" value="approveAlways">Always approve</button>
<button name="consent" value="deny">Deny</button>
${
  offersExpiredCode
    ? html`<h2>To test the app</h2>
<button name="consent" value="approveExpired">Approve with an expired code</button>`
    : undefined
}
</form>`,
  });
};

/** The page of an error that the app does not get. */
export const errorPage = ({ error, description, hint }: AuthorizeError, status = 400): Reply => ({
  ...pageReply({
    status,
    title: 'This request cannot continue',
    body: html`<h1>This request cannot continue</h1>
<p class="error" role="alert">${description}</p>
${hint === undefined ? undefined : html`<p>${hint}</p>`}
<p class="muted">Error <code>${error}</code></p>`,
  }),
  error,
  errorDescription: description,
  ...(hint !== undefined && { why: () => hint }),
});

/**
 * The page that posts the parameters to the app.
 * https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html
 */
export const formPostPage = (
  redirectUri: string,
  parameters: readonly (readonly [name: string, value: string])[],
): Reply =>
  pageReply({
    title: 'Back to the app',
    formTarget: redirectUri,
    submits: true,
    body: html`<h1>Back to the app</h1>
<form method="post" action="${redirectUri}">
${parameters.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button class="primary">Continue</button>
</form>`,
  });
