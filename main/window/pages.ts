import { protocol, type Session } from 'electron';
import type { WindowFiles } from '../page/files.ts';
import { pageHeaders, safeHeaders } from '../page/headers.ts';
import { isOurPage, pageOrigin, scheme } from './security/origin.ts';

// Electron's checklist: 1 (only secure content), 7 (a CSP), 18 (no `file:`).

/** Registers the scheme with its own origin and the abilities of https. Call it before Electron is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

const refusal = (status: number, text: string): Response =>
  new Response(text, { status, headers: { ...safeHeaders, 'Content-Type': 'text/plain; charset=utf-8' } });

/** Answers requests for the page and its files, with the same headers as for a browser. */
export function createPageHandler(files: WindowFiles): (request: Pick<Request, 'url' | 'method'>) => Promise<Response> {
  return async ({ url, method }) => {
    if (method !== 'GET') return refusal(405, 'Only GET is allowed.');
    if (isOurPage(url)) {
      const page = await files.page();
      if (page === undefined) return refusal(503, 'The window is not built. Run `npm run build`.');
      return new Response(page.html, { headers: { ...safeHeaders, ...pageHeaders(page.nonce) } });
    }
    const file = url.startsWith(`${pageOrigin}/`) ? await files.file(url.slice(pageOrigin.length)) : undefined;
    if (file === undefined) return refusal(404, 'Nothing is served at this path.');
    const body = typeof file.body === 'string' ? file.body : new Uint8Array(file.body);
    return new Response(body, { headers: { ...safeHeaders, 'Content-Type': file.type } });
  };
}

/** Serves the built window to this session only. */
export function servePages(session: Session, files: WindowFiles): void {
  session.protocol.handle(scheme, createPageHandler(files));
}
