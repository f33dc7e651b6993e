import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { NoSession } from './features/shell/fallbacks/NoSession.tsx';
import type { Host } from './host/host.ts';
import type { Refused } from './host/session.ts';
import { asKeyfobError } from './store/core/resource.ts';
import { live } from './store/live.ts';
import { reportUse } from './store/reportUse.ts';
import { createKeyfob } from './store/store.ts';
import { showLastTheme } from './store/window/appearance.ts';
import { readPreferences } from './store/window/preferences.ts';
import { announceNonce } from './ui/nonce.ts';

/** Connects to the host and shows the window, or explains why there is no session. */
export async function boot(openHost: () => Promise<Host | Refused>): Promise<void> {
  announceNonce();
  showLastTheme();
  const element = document.getElementById('root');
  if (element === null) throw new Error('the page has no #root');
  const root = createRoot(element);
  const host = await openHost();
  if ('refused' in host) {
    root.render(<NoSession why={host.refused} />);
    return;
  }
  const keyfob = createKeyfob(host, await readPreferences(host));
  const failed = (error: unknown) =>
    keyfob.store.getState().toasts.show({
      tone: 'danger',
      title: 'Something in this window failed.',
      detail: asKeyfobError(error).message,
    });
  addEventListener('unhandledrejection', (event) => failed(event.reason));
  addEventListener('error', (event) => failed(event.error));
  live(keyfob);
  reportUse(host);
  root.render(
    <StrictMode>
      <App keyfob={keyfob} />
    </StrictMode>,
  );
}
