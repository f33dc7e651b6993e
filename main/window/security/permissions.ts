import type { Session } from 'electron';

// Electron's checklist: 5 (handle permission requests).

/** Denies every permission: camera, clipboard, devices, screen, notifications. The page copies through this process instead. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_page, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
}
