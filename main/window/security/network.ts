import { app, type Session } from 'electron';
import { scheme } from './origin.ts';

/** Switches that turn off Chromium's own requests. */
const offSwitches = [
  'disable-background-networking',
  'disable-component-update',
  'disable-domain-reliability',
  'disable-sync',
  'no-pings',
] as const;

/** Keeps Chromium off the network. Call it before Electron is ready. */
export function keepOffline(): void {
  for (const name of offSwitches) app.commandLine.appendSwitch(name);
  // Any other request finds no host and no proxy.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('no-proxy-server');
}

/** Schemes that stay inside this process. Chromium serves the developer tools itself. */
const local: ReadonlySet<string> = new Set([`${scheme}:`, 'blob:', 'data:', 'devtools:']);

/** Denies a session every request to the network. Spell checking is off, because it would download dictionaries. */
export function denyRequests(session: Session): void {
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !local.has(URL.parse(url)?.protocol ?? '') }),
  );
}
