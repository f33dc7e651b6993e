import { randomBytes } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** One file of the built window, or its page, as it goes out. */
export interface WindowFile {
  readonly body: Buffer | string;
  readonly type: string;
  /** Its name holds a hash of its content. */
  readonly immutable: boolean;
}

export interface WindowFiles {
  /** The page, with a nonce of its own for each load; `undefined` when the window has not been built. */
  page(): Promise<{ readonly html: string; readonly nonce: string } | undefined>;
  /** The file at the path of a URL; `undefined` when there is none in the build. */
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

/** The files below a folder, by names and `lstat`: in an archive Electron tells files from folders wrongly when it lists them itself. */
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
 * The built window in `folder`, which has a page for each host: `pageName` is this one's. A URL's path is looked up among the
 * files that are there, as it is and without any decoding, so no path leads outside; links are no files, nor are pages.
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
      // With each load, as the window may have been built again since.
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
