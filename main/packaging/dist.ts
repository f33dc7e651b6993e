// `npm run dist`: makes what this machine can in build/dist, and says in a line each what it cannot, and why. With `--strict` it
// fails where something is missing that this system can make.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../system/childEnvironment.ts';
import { buildAll } from './build.ts';
import { findElectron } from './electron.ts';
import { writeLicenses } from './licenses.ts';

const root = join(import.meta.dirname, '../..');
const output = join(root, 'build/dist');

/** electron-builder fetches its tools (for AppImage, NSIS, dmg) with their first use, and would wait for them without end. */
const packageLimitMs = 20 * 60_000;
const npmLimitMs = 3 * 60_000;

/** What electron-builder.yml names for each system; that system alone makes it. */
const systems: Readonly<Partial<Record<NodeJS.Platform, { readonly name: string; readonly packages: string }>>> = {
  linux: { name: 'Linux', packages: 'AppImage and deb' },
  darwin: { name: 'macOS', packages: 'dmg' },
  win32: { name: 'Windows', packages: 'installer and portable program' },
};

/** Runs a program of Node's. Tells why it did not do. */
function run(args: readonly string[], limitMs: number): string | undefined {
  const bounds = { timeout: limitMs, killSignal: 'SIGKILL' } as const;
  const { status, signal } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: childEnvironment(process.env),
    ...bounds,
  });
  if (status === 0) return undefined;
  return signal === null ? `it ended with ${status} (see above)` : `it did not end in ${limitMs / 60_000} minutes`;
}

/** Runs the npm that runs this. Tells why it did not do. */
function npm(args: readonly string[]): string | undefined {
  const program = process.env.npm_execpath;
  return program === undefined ? 'npm is needed: start this by `npm run dist`' : run([program, ...args], npmLimitMs);
}

const packCommandLine = (): string | undefined => npm(['pack', '--ignore-scripts', '--pack-destination', output]);

/** A Mac's program is for both of its processors, and npm installed the binaries for one. */
function addOtherBinaries(): string | undefined {
  const other = process.arch === 'arm64' ? 'x64' : 'arm64';
  const lock: { readonly packages: Readonly<Record<string, { readonly version: string; readonly dev?: boolean }>> } =
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const wanted = Object.entries(lock.packages)
    .filter(([path, { dev }]) => !dev && path.endsWith(`-darwin-${other}`))
    .map(([path, { version }]) => `${path.replace('node_modules/', '')}@${version}`);
  return npm(['install', '--no-save', '--force', '--ignore-scripts', ...wanted]);
}

/**
 * How electron-builder signs on a Mac: with the certificate that the environment names, else ad hoc, which is the least that Apple's own
 * processors run. A certificate in the keychain is used when `CSC_NAME` names it.
 */
export const signing = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] =>
  platform !== 'darwin' || env.CSC_LINK || env.CSC_NAME
    ? []
    : ['-c.mac.identity=-', '-c.mac.hardenedRuntime=false', '-c.mac.notarize=false'];

/** Makes the packages of this system; electron-builder takes Electron from where its installer left it, or fetches it again. */
function packDesktop(): string | undefined {
  if (findElectron() === undefined) return "Electron's binary is not here; `npx install-electron` fetches it";
  if (process.platform === 'darwin') {
    const why = addOtherBinaries();
    if (why !== undefined) return why;
    writeLicenses(root);
  }
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  return run([builder, '--publish', 'never', ...signing(process.platform, process.env)], packageLimitMs);
}

/** Makes all it can, and gives the exit code. */
function dist(strict: boolean): number {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const status = buildAll();
  if (status !== 0) return status;
  const here = systems[process.platform];
  const missed = [
    { what: 'the command line for npm', why: packCommandLine() },
    { what: here?.packages ?? 'the desktop program', why: here ? packDesktop() : 'there is none for this system' },
  ].filter(({ why }) => why !== undefined);
  const elsewhere = Object.values(systems).filter((system) => system !== here);

  const files = readdirSync(output).filter((name) => /\.(tgz|AppImage|deb|dmg|exe)$/.test(name));
  const lines = [
    ...files.map((name) => `Made: build/dist/${name}`),
    ...missed.map(({ what, why }) => `Not made: ${what}, as ${why}.`),
    ...elsewhere.map(({ name, packages }) => `Not made: ${packages}, as ${name} alone makes that.`),
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
  return strict && missed.length > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = dist(process.argv.includes('--strict'));
