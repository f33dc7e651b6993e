import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** The certificate authority of a data folder. */
export interface Authority {
  readonly file: string;
  readonly certificate: X509Certificate;
}

/** One program to run. `root`: only an administrator may. */
export interface Step {
  readonly argv: readonly string[];
  readonly root: boolean;
}

/** A store of trusted certificate authorities. `remove` undoes exactly the steps of `add`. */
export interface Store {
  readonly kind: 'system' | 'firefox' | 'chrome';
  readonly name: string;
  readonly holds: () => boolean;
  readonly add: readonly Step[];
  readonly remove: readonly Step[];
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly path: string;
}

export interface Found {
  readonly stores: readonly Store[];
  /** Why a possible store is left out, and what to do. */
  readonly missing: readonly string[];
}

/** The environment without our variables: one may hold the passphrase. */
export const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KEYFOB_')));

const output = (program: string, args: readonly string[]): string => {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', env: cleanEnvironment() });
  return status === 0 ? stdout : '';
};

/** The path of a program. Tools for administrators are often not on PATH. */
export const programIn =
  ({ path }: Pick<Machine, 'path'>) =>
  (name: string): string | undefined =>
    [...path.split(delimiter), '/usr/sbin', '/sbin']
      .filter(isAbsolute)
      .map((folder) => join(folder, name))
      .find((file) => existsSync(file));

const isSame = ({ certificate }: Authority, pem: string | Buffer): boolean => {
  try {
    return new X509Certificate(pem).fingerprint256 === certificate.fingerprint256;
  } catch {
    return false;
  }
};

const hex = (fingerprint: string): string => fingerprint.replaceAll(':', '');

/** The name of the certificate authority in a store, so that two installations do not replace each other. */
const shortName = ({ certificate }: Authority): string => hex(certificate.fingerprint256).slice(0, 8).toLowerCase();

/** Folders of Linux systems for certificate authorities, with the commands that reload them after adding and removing. */
const linuxFolders: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  ['/etc/pki/ca-trust/source/anchors', 'pem', ['update-ca-trust', 'extract'], ['update-ca-trust', 'extract']],
  ['/usr/local/share/ca-certificates', 'crt', ['update-ca-certificates'], ['update-ca-certificates', '--fresh']],
  ['/etc/ca-certificates/trust-source/anchors', 'crt', ['trust', 'extract-compat'], ['trust', 'extract-compat']],
  ['/usr/share/pki/trust/anchors', 'pem', ['update-ca-certificates'], ['update-ca-certificates']],
];

function linuxSystem(authority: Authority, machine: Machine): Found {
  const find = programIn(machine);
  for (const [folder, ending, [adder = '', ...adding], [, ...removing]] of linuxFolders) {
    const program = find(adder);
    if (!existsSync(folder) || program === undefined) continue;
    const target = join(folder, `keyfob-${shortName(authority)}.${ending}`);
    const holds = () => existsSync(target) && isSame(authority, readFileSync(target));
    const root = true;
    const store: Store = {
      kind: 'system',
      name: `system store (${folder})`,
      holds,
      add: [
        { argv: ['install', '-m', '644', authority.file, target], root },
        { argv: [program, ...adding], root },
      ],
      remove: [
        { argv: ['rm', '-f', target], root },
        { argv: [program, ...removing], root },
      ],
    };
    return { stores: [store], missing: [] };
  }
  const missing = 'No system store found: install ca-certificates (update-ca-certificates, update-ca-trust or trust).';
  return { stores: [], missing: [missing] };
}

function macSystem({ file, certificate }: Authority): Store {
  const keychain = '/Library/Keychains/System.keychain';
  const hash = hex(certificate.fingerprint);
  return {
    kind: 'system',
    name: `system store (${keychain})`,
    holds: () => output('security', ['find-certificate', '-a', '-Z', keychain]).includes(hash),
    add: [{ argv: ['security', 'add-trusted-cert', '-d', '-r', 'trustRoot', '-k', keychain, file], root: true }],
    remove: [
      { argv: ['security', 'remove-trusted-cert', '-d', file], root: true },
      { argv: ['security', 'delete-certificate', '-Z', hash, keychain], root: true },
    ],
  };
}

function windowsSystem({ file, certificate }: Authority): Store {
  // By path: NSS has another program named certutil.
  const certutil = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'certutil.exe');
  const hash = hex(certificate.fingerprint);
  return {
    kind: 'system',
    name: 'your trusted roots',
    holds: () => output(certutil, ['-user', '-store', 'Root', hash]) !== '',
    add: [{ argv: [certutil, '-user', '-addstore', 'Root', file], root: false }],
    remove: [{ argv: [certutil, '-user', '-delstore', 'Root', hash], root: false }],
  };
}

const profiles = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];

/** Existing databases of Chromium and Firefox. A browser creates its database at its first start. */
function nssFolders({ platform, home }: Machine): readonly (readonly ['chrome' | 'firefox', string])[] {
  if (platform === 'win32') return [];
  const chrome = [join(home, '.pki/nssdb'), join(home, 'snap/chromium/current/.pki/nssdb')];
  const firefox = [
    '.mozilla/firefox',
    'snap/firefox/common/.mozilla/firefox',
    '.var/app/org.mozilla.firefox/.mozilla/firefox',
    'Library/Application Support/Firefox/Profiles',
  ].flatMap((folder) => profiles(join(home, folder)));
  return [
    ...chrome.map((folder) => ['chrome', folder] as const),
    ...firefox.map((folder) => ['firefox', folder] as const),
  ].filter(([, folder]) => existsSync(join(folder, 'cert9.db')));
}

function nssStores(authority: Authority, machine: Machine): Found {
  const folders = nssFolders(machine);
  const certutil = programIn(machine)('certutil');
  if (folders.length > 0 && certutil === undefined) {
    const names = 'libnss3-tools (Debian, Ubuntu), nss-tools (Fedora) or nss (Homebrew)';
    return { stores: [], missing: [`Firefox and Chromium are left out: install certutil, from ${names}.`] };
  }
  const nickname = `Keyfob CA ${shortName(authority)}`;
  const run = (...args: readonly string[]): Step => ({ argv: [certutil ?? 'certutil', ...args], root: false });
  const stores = folders.map(([kind, folder]): Store => {
    const database = `sql:${folder}`;
    return {
      kind,
      name: `${kind === 'firefox' ? 'Firefox' : 'Chromium'} (${folder})`,
      holds: () => isSame(authority, output(certutil ?? 'certutil', ['-L', '-d', database, '-n', nickname, '-a'])),
      add: [run('-A', '-d', database, '-t', 'C,,', '-n', nickname, '-i', authority.file)],
      remove: [run('-D', '-d', database, '-n', nickname)],
    };
  });
  return { stores, missing: [] };
}

function systemStores(authority: Authority, machine: Machine): Found {
  if (machine.platform === 'darwin') return { stores: [macSystem(authority)], missing: [] };
  if (machine.platform === 'win32') return { stores: [windowsSystem(authority)], missing: [] };
  return linuxSystem(authority, machine);
}

/** The stores of this machine. The system's comes first, because only that one may need root. */
export function findStores(authority: Authority, machine: Machine): Found {
  const [system, nss] = [systemStores(authority, machine), nssStores(authority, machine)];
  return { stores: [...system.stores, ...nss.stores], missing: [...system.missing, ...nss.missing] };
}
