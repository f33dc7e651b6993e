import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startKeyring } from '../helpers/keyring.ts';
import { onCore } from './machine.ts';
import type { Tls } from './processes.ts';
import { loadsOf } from './rows.ts';
import { passphrase, type Seeded } from './seed.ts';

/** From the start of a process to the first token it answered over HTTPS. */
export interface ColdStart {
  readonly keyfobMs: number;
  /** The part of it in which the keychain was waited for. */
  readonly unlockMs: number;
  readonly floorMs: number;
}

const limitMs = 30_000;

/** Starts the built bundle over a copy of a store whose key is in a keychain, and the floor, in turn. Both use the compile cache. */
export async function measureColdStarts(
  bundle: string,
  folder: string,
  seeded: Seeded,
  tls: Tls,
  rounds: number,
): Promise<readonly ColdStart[]> {
  const home = await mkdtemp(join(folder, 'cold-'));
  await cp(seeded.folder, home, { recursive: true });
  const keyring = await startKeyring();
  try {
    // The program's entry enables this cache, but in a clone it would run the source.
    const cache = { NODE_COMPILE_CACHE: join(folder, 'compile-cache') };
    const env = { ...process.env, ...keyring.env, ...cache, KEYFOB_HOME: home };
    const withPassphrase = { ...env, KEYFOB_PASSPHRASE: passphrase };
    await firstLine([bundle, 'vault', 'changeMode', '--mode', 'keychain', '--json'], withPassphrase, ended);

    const { issue } = loadsOf(seeded);
    const answer = '{"access_token":"0000000000000000000000000000","token_type":"Bearer","expires_in":3600}';
    const floor = [join(import.meta.dirname, 'floor.mjs'), JSON.stringify({ answers: { '/token': answer }, tls })];
    const keyfob = [bundle, 'serve', '--port', '0', '--ui-port', '0', '--json', '--quiet'];
    const firstToken = (tokenUrl: string, ca: string) =>
      post(tokenUrl, ca, issue.authorization, `${issue.prefix}first`);

    const starts: ColdStart[] = [];
    // The first start of each fills the disk's cache and Node's own; it does not count.
    for (let round = 0; round <= rounds; round += 1) {
      const floorMs = await firstLine(floor, env, ({ https }) => firstToken(`${https}/token`, tls.ca));
      const keyfobMs = await firstLine(keyfob, env, async ({ tokenUrl, caFile }) =>
        firstToken(String(tokenUrl), await readFile(String(caFile), 'utf8')),
      );
      let unlockMs = Number.NaN;
      await firstLine([join(import.meta.dirname, 'unlock.ts'), home], env, async (line) => {
        unlockMs = Number(line.unlockMs);
      });
      if (round > 0) starts.push({ keyfobMs, unlockMs, floorMs });
    }
    return starts;
  } finally {
    await keyring.stop();
    await rm(home, { recursive: true, force: true });
  }
}

type JsonLine = Readonly<Record<string, unknown>>;

const ended = async () => {};

/** Starts Node, waits for the line of JSON it prints, and for what `then` does with it; ends it. Gives the time. */
async function firstLine(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  then: (line: JsonLine) => Promise<void>,
): Promise<number> {
  const start = performance.now();
  const [command, all] = onCore(0, process.execPath, args);
  const child = spawn(command, all, { env, stdio: ['ignore', 'pipe', 'inherit'], timeout: limitMs });
  const exit = once(child, 'exit');
  try {
    for await (const line of createInterface(child.stdout)) {
      await then(JSON.parse(line));
      return performance.now() - start;
    }
    throw new Error(`${args.join(' ')} ended without a word.`);
  } finally {
    child.stdout.resume();
    child.kill('SIGTERM');
    await exit;
  }
}

function post(url: string, ca: string, authorization: string, body: string): Promise<void> {
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', ca, headers, agent: false }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}.`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
