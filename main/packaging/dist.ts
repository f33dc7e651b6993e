// `npm run dist` creates the packages that this machine can create, in build/dist. It prints why it skips others. `--strict` fails
// if it skips a package of this system.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../system/childEnvironment.ts';
import { buildAll } from './build.ts';
import { findElectron } from './electron.ts';
import { writeLicenses } from './licenses.ts';

const root = join(import.meta.dirname, '../..');
const output = join(root, 'build/dist');

/** electron-builder downloads tools (for AppImage, NSIS, dmg) at their first use, and would wait for them forever. */
const packageLimitMs = 20 * 60_000;
const npmLimitMs = 3 * 60_000;

/** The packages of electron-builder.yml. Each can be created on its own system only. */
const systems: Readonly<Partial<Record<NodeJS.Platform, { readonly name: string; readonly packages: string }>>> = {
  linux: { name: 'Linux', packages: 'AppImage and deb' },
  darwin: { name: 'macOS', packages: 'dmg' },
  win32: { name: 'Windows', packages: 'installer and portable program' },
};

/** Runs a script with Node. Returns why it failed. */
function run(args: readonly string[], limitMs: number): string | undefined {
  const bounds = { timeout: limitMs, killSignal: 'SIGKILL' } as const;
  const { status, signal } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: childEnvironment(process.env),
    ...bounds,
  });
  if (status === 0) return undefined;
  return signal === null
    ? `it failed with exit code ${status} (see above)`
    : `it did not finish in ${limitMs / 60_000} minutes`;
}

/** Runs the npm that started this script. Returns why it failed. */
function npm(args: readonly string[]): string | undefined {
  const program = process.env.npm_execpath;
  return program === undefined ? 'npm is missing; use `npm run dist`' : run([program, ...args], npmLimitMs);
}

const packCommandLine = (): string | undefined => npm(['pack', '--ignore-scripts', '--pack-destination', output]);

/** A Mac program contains binaries for both processors, but npm installed one. Installs the other. Returns why it failed. */
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
 * Options for signing on a Mac: the certificate of the environment, else an ad hoc signature, which Apple's processors require.
 * `CSC_NAME` selects a certificate in the keychain.
 */
export const signing = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] =>
  platform !== 'darwin' || env.CSC_LINK || env.CSC_NAME
    ? []
    : ['-c.mac.identity=-', '-c.mac.hardenedRuntime=false', '-c.mac.notarize=false'];

/** Creates the packages of this system. Returns why it failed. */
function packDesktop(): string | undefined {
  if (findElectron() === undefined) return "Electron's binary is missing; `npx install-electron` downloads it";
  if (process.platform === 'darwin') {
    const why = addOtherBinaries();
    if (why !== undefined) return why;
    writeLicenses(root);
  }
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  return run([builder, '--publish', 'never', ...signing(process.platform, process.env)], packageLimitMs);
}

/** Creates all possible packages. Returns the exit code. */
function dist(strict: boolean): number {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const status = buildAll();
  if (status !== 0) return status;
  const here = systems[process.platform];
  const skipped = [
    { what: 'the command line for npm', why: packCommandLine() },
    { what: here?.packages ?? 'the desktop program', why: here ? packDesktop() : 'this system has no package' },
  ].filter(({ why }) => why !== undefined);
  const elsewhere = Object.values(systems).filter((system) => system !== here);

  const files = readdirSync(output).filter((name) => /\.(tgz|AppImage|deb|dmg|exe)$/.test(name));
  const lines = [
    ...files.map((name) => `Created build/dist/${name}`),
    ...skipped.map(({ what, why }) => `Skipped ${what}: ${why}.`),
    ...elsewhere.map(({ name, packages }) => `Skipped ${packages}: only ${name} can create it.`),
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
  return strict && skipped.length > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = dist(process.argv.includes('--strict'));
