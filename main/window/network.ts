import { app, type Session } from 'electron';
import { scheme } from './origin.ts';

/** What Chromium would do by itself. */
const offSwitches = [
  'disable-background-networking',
  'disable-component-update',
  'disable-domain-reliability',
  'disable-sync',
  'no-pings',
] as const;

/** Keeps Chromium from asking anybody anything. To be called before Electron is ready. */
export function keepOffline(): void {
  for (const name of offSwitches) app.commandLine.appendSwitch(name);
  // What is left finds no name, and no proxy to ask for one.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('no-proxy-server');
}

/** Schemes that never leave this process; the tools for developers are Chromium's own. */
const local: ReadonlySet<string> = new Set([`${scheme}:`, 'blob:', 'data:', 'devtools:']);

/** Lets this session load what is here, and nothing else. Dictionaries for spelling would be downloaded, so there are none. */
export function denyRequests(session: Session): void {
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !local.has(URL.parse(url)?.protocol ?? '') }),
  );
}
