import type { Session } from 'electron';

// Electron's checklist: 5 (handle permission requests).

/** Grants a page nothing: neither camera nor clipboard, device, screen nor notification. Copying is asked of this process. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_page, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
}
