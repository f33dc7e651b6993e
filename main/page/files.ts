import { randomBytes } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** One file of the built window, as it is sent. */
export interface WindowFile {
  readonly body: Buffer | string;
  readonly type: string;
  /** Whether its name holds a hash of its content. */
  readonly immutable: boolean;
}

export interface WindowFiles {
  /** Gives the page with a new nonce; `undefined` when the window is not built. */
  page(): Promise<{ readonly html: string; readonly nonce: string } | undefined>;
  /** Gives the file at the path of a URL; `undefined` when the build has none. */
  file(path: string): Promise<WindowFile | undefined>;
}

const placeholder = '__CSP_NONCE__';
const hashed = /^\/assets\/.+-[\w-]{8}\.\w+$/;

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Gives the files below a folder. Uses `lstat`: in an archive, Electron's own listing confuses files and folders. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const found = (await readdir(folder)).map(async (name) => {
    const path = join(folder, name);
    const entry = await lstat(path);
    if (entry.isDirectory()) return await filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

/**
 * Serves the built window in `folder`; `pageName` is the page of this host. A URL's path must match a listed file exactly,
 * without decoding, so no path leads outside. Symbolic links and pages are not listed.
 */
export function createWindowFiles(folder: string, pageName: string): WindowFiles {
  async function list(): Promise<ReadonlyMap<string, string>> {
    const paths = (await filesBelow(folder)).map(
      (file) => [`/${relative(folder, file).split(sep).join('/')}`, file] as const,
    );
    return new Map(paths.filter(([path]) => !path.endsWith('.html')));
  }
  let listed: Promise<ReadonlyMap<string, string>> | undefined;

  return {
    async page() {
      // List again with each load, as the window may have been rebuilt.
      listed = list();
      const absent = (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      };
      const [page] = await Promise.all([readFile(join(folder, pageName), 'utf8').catch(absent), listed.catch(absent)]);
      if (page === undefined) return undefined;
      const nonce = randomBytes(18).toString('base64');
      return { html: page.replaceAll(placeholder, nonce), nonce };
    },
    async file(path) {
      listed ??= list();
      const file = (await listed.catch(() => undefined))?.get(path);
      const body = file === undefined ? undefined : await readFile(file).catch(() => undefined);
      if (body === undefined) return undefined;
      const type = types[extname(path).toLowerCase()] ?? 'application/octet-stream';
      return { body, type, immutable: hashed.test(path) };
    },
  };
}
