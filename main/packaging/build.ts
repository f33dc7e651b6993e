// The bundles, their sources and configurations. Only stale ones are built.
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../system/childEnvironment.ts';
import { writeLicenses } from './licenses.ts';

const root = join(import.meta.dirname, '../..');
const sourcesOf = (...rooms: readonly string[]): readonly string[] => rooms.map((room) => `${room}/**/*.*`);

interface Bundle {
  readonly config: string;
  /** The file that is written last. */
  readonly built: string;
  readonly sources: readonly string[];
}

const bundles = {
  cli: { config: 'vite.config.ts', built: 'build/main/cli.js', sources: sourcesOf('main', 'preload/contract') },
  renderer: {
    config: 'vite.renderer.config.ts',
    built: 'build/renderer/index.html',
    sources: sourcesOf('renderer', 'preload/contract'),
  },
  desktop: {
    config: 'vite.desktop.config.ts',
    built: 'build/desktop/main.js',
    sources: sourcesOf('main', 'preload/contract'),
  },
  preload: { config: 'vite.preload.config.ts', built: 'build/preload/bridge.cjs', sources: sourcesOf('preload') },
} satisfies Readonly<Record<string, Bundle>>;
export type BundleName = keyof typeof bundles;

const changedMs = (file: string): number => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

function isStale({ config, built, sources }: Bundle): boolean {
  const builtMs = changedMs(built);
  return globSync([...sources, config, 'package.json', 'package-lock.json'], { cwd: root }).some(
    (file) => changedMs(file) > builtMs,
  );
}

/** vite reads these characters in a path as a pattern or an address, and would leave files out. */
const unusable = /[#?*]/;

function build({ config }: Bundle): number {
  if (unusable.test(root)) {
    process.stderr.write(`Cannot build the window in a folder with #, ? or * in its path. Rename or move ${root}.\n`);
    return 1;
  }
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--config', config, '--logLevel', 'warn'];
  const env = childEnvironment(process.env);
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env }).status ?? 1;
}

/** Builds those bundles that are older than their sources. Returns the exit code of the first failure, else 0. */
export function buildStale(names: readonly BundleName[]): number {
  for (const name of names) {
    const status = isStale(bundles[name]) ? build(bundles[name]) : 0;
    if (status !== 0) return status;
  }
  return 0;
}

/** Writes the types of the package's exports. Their source imports nothing, so it is one file. */
function writeTypes(): void {
  const types = readFileSync(join(root, 'main/serve/publicApi.ts'), 'utf8');
  const text = `${types}\n/** Starts a Keyfob for tests, in a temporary folder. */\nexport declare const startKeyfob: StartKeyfob;\n`;
  writeFileSync(join(root, 'build/main/node.d.ts'), text);
}

/** Builds the stale bundles and writes types, and the licences of their packages. Returns the exit code of the first failure, else 0. */
export function buildAll(): number {
  const status = buildStale(Object.keys(bundles) as BundleName[]);
  if (status !== 0) return status;
  writeTypes();
  writeLicenses(root);
  return 0;
}

if (import.meta.main) process.exitCode = buildAll();
