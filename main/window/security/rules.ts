import { app, type Session } from 'electron';
import { limitDownloads } from './downloads.ts';
import { denyNavigation } from './navigation.ts';
import { denyRequests } from './network.ts';
import { denyNewWindows, type LinkParts } from './newWindows.ts';
import { denyPermissions } from './permissions.ts';
import { denyWebviews } from './webviews.ts';

/** Applies the security rules to a session and to every page of the program. */
export function applySecurityRules(session: Session, links: LinkParts): void {
  denyPermissions(session);
  denyRequests(session);
  limitDownloads(session);
  app.on('web-contents-created', (_event, page) => {
    denyNavigation(page);
    denyNewWindows(page, links);
    denyWebviews(page);
  });
}
