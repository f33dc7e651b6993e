import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  type Stats,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { systemError } from './errors.ts';

/** Files that Keyfob reads or opens in place. Unfinished ones (`.new`, `.partial`) are replaced at the next write. */
const ownNames =
  /^(?:keyfob\.db|vault\.json|owner\.(?:json|lock)|control\.json|window\.json|ca\.pem)(?!.*\.(?:new|partial)$)/;
/** Clients of the endpoint read it, also those of other users. */
const publicName = 'ca.pem';

/** Undefined on Windows, where folders of users are private by default. */
const ownUid = (): number | undefined => process.geteuid?.();

/** A path, quoted for a shell command. */
const quoted = (path: string): string => (/^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

const userName = (uid: number): string => (uid === 0 ? 'root' : `user ${uid}`);

/** The command that makes this user the owner. */
const chownCommand = (flags: string, paths: readonly string[]): string =>
  `sudo chown ${flags}${ownUid()}:${process.getegid?.()} ${paths.map(quoted).join(' ')}`;

/** Names of entries in a data folder that belong to other users. */
export function foreignFiles(folder: string): string[] {
  const uid = ownUid();
  if (uid === undefined) return [];
  return readdirSync(folder).filter((name) => {
    const stat = lstatSync(join(folder, name), { throwIfNoEntry: false });
    return stat !== undefined && stat.uid !== uid;
  });
}

/**
 * Creates a data folder, or removes other users' permissions on an existing one. Throws `refused` when the folder or a file of Keyfob in it
 * is a link, is another user's or cannot be used. Throws `storage_full`.
 */
export function openPrivateFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    refuseForeignFolder(folder);
    if (process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    makeFilesPrivate(folder);
  } catch (error) {
    throw systemError(error);
  }
}

function refuseForeignFolder(folder: string): void {
  const uid = ownUid();
  // A link to another folder is fine if this user or root created it.
  const [link, target] = [lstatSync(folder), statSync(folder)];
  const foreign = [target.uid, link.uid].find((owner) => owner !== uid && !(owner === 0 && link.isSymbolicLink()));
  if (uid === undefined || foreign === undefined) return;
  const todo = uid === 0 ? '' : `, change its owner (${chownCommand('-R ', [folder])})`;
  throw new KeyfobError(
    'refused',
    `The data folder ${folder} belongs to ${userName(foreign)}, not to you. Run Keyfob as that user${todo}, or set KEYFOB_HOME to another folder.`,
  );
}

/** Ensures that each file of Keyfob is a plain file of this user that nobody else can use. */
function makeFilesPrivate(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => ownNames.test(name))
    .flatMap((name) => {
      const path = join(folder, name);
      // The process that owns the folder may have removed it since.
      const stat = lstatSync(path, { throwIfNoEntry: false });
      return stat === undefined ? [] : [{ path, stat, isPublic: name === publicName }];
    });
  const strange = files.find(({ stat }) => !stat.isFile());
  if (strange !== undefined) {
    const message = `${strange.path} is ${kindOf(strange.stat)}, but Keyfob needs a file there. Move it away and try again.`;
    throw new KeyfobError('refused', message);
  }
  refuseForeignFiles(files);
  for (const { path, stat, isPublic } of files) {
    if (process.platform !== 'win32' && (stat.mode & (isPublic ? 0o022 : 0o077)) !== 0) {
      chmodSync(path, isPublic ? 0o644 : 0o600);
    }
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
  }
}

function refuseForeignFiles(files: readonly { readonly path: string; readonly stat: Stats }[]): void {
  const uid = ownUid();
  const foreign = files.filter(({ stat }) => uid !== undefined && stat.uid !== uid);
  const [first] = foreign;
  if (first === undefined) return;
  const paths = foreign.map(({ path }) => path);
  throw new KeyfobError(
    'refused',
    `${paths.join(', ')} ${paths.length > 1 ? 'belong' : 'belongs'} to ${userName(first.stat.uid)}, not to you. If you trust it, change its owner: ${chownCommand('', paths)}`,
  );
}

function kindOf(stat: Stats): string {
  if (stat.isSymbolicLink()) return 'a link';
  return stat.isDirectory() ? 'a folder' : 'not a plain file';
}
