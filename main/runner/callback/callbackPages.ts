import type { CallbackVerdict } from '../../engine/ports/callbackReceiver.ts';
import { html, pageReply } from '../../listener/pages/html.ts';
import type { TextReply } from '../../listener/reply.ts';

const close = html`<p>You can close this tab.</p>`;

/** The page that a browser shows at the callback. Only a wrong request gets a status of 400. */
export const callbackPage = (verdict: CallbackVerdict): TextReply => {
  switch (verdict.kind) {
    case 'code':
      return pageReply({
        title: 'Signed in',
        body: html`<h1>Signed in</h1>
<p>Keyfob has the code and exchanges it for a token.</p>
${close}`,
      });
    case 'error':
      return pageReply({
        title: 'Not signed in',
        body: html`<h1>Not signed in</h1>
<p class="error" role="alert">${verdict.description || 'The sign-in failed.'}</p>
<p class="muted">Error <code>${verdict.error}</code></p>
${close}`,
      });
    case 'wrong':
      return pageReply({
        status: 400,
        title: 'Not the expected answer',
        body: html`<h1>Not the expected answer</h1>
<p class="error" role="alert">${verdict.why}</p>
<p>Keyfob still waits for its own sign-in.</p>`,
      });
  }
};
