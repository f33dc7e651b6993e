import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCa, createLeaf } from '../../main/platform/certificates/certificate.ts';
import { measureColdStarts } from './cold.ts';
import {
  linesOfColdStart,
  linesOfGateway,
  linesOfJwts,
  linesOfMemory,
  linesOfRounds,
  linesOfWindow,
} from './figures.ts';
import { measureGateway } from './gateway/measure.ts';
import { measureJwts } from './jwts.ts';
import { describeMachine, fsyncMs, program } from './machine.ts';
import { measureGrowth } from './memory.ts';
import { tableOfPeers } from './peers/figures.ts';
import { measurePeers } from './peers/measure.ts';
import type { Tls } from './processes.ts';
import { runRounds } from './rounds.ts';
import { type Seeded, seed } from './seed.ts';
import { asMarkdown, asText, type Line, tableOf } from './table.ts';
import { measureWindow } from './window.ts';

const full = {
  stores: [10_000, 100_000, 1_000_000],
  plan: { rounds: 5, seconds: 2, warmUpSeconds: 4 },
  coldStarts: 9,
  windows: 5,
};
const short = {
  stores: [10_000, 100_000],
  plan: { rounds: 3, seconds: 1, warmUpSeconds: 3 },
  coldStarts: 5,
  windows: 3,
};

const root = join(import.meta.dirname, '../..');
const bundle = join(root, 'build/main/cli.js');

const say = (text: string) => process.stderr.write(`${text}\n`);
const sizeInWords = (stored: number) => (stored < 1_000_000 ? `${stored / 1000} k` : `${stored / 1_000_000} M`);

function demandWrk(): void {
  const asRoot = process.getuid?.() === 0 && program('apt-get') !== undefined;
  if (program('wrk') === undefined && asRoot) {
    say('Installing wrk');
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'wrk'], { stdio: 'ignore' });
  }
  if (program('wrk') !== undefined) return;
  say('The benchmark needs the load generator wrk. On Debian: sudo apt-get install wrk');
  process.exit(1);
}

function build(): void {
  say('Building the bundle');
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`vite build failed: ${stderr}`);
}

async function makeTls(): Promise<Tls> {
  const nowMs = Date.now();
  const ca = await createCa({ installationId: 'benchmark', nowMs });
  const leaf = await createLeaf({ ca, extraNames: [], nowMs });
  return { key: leaf.privateKeyPem, cert: leaf.certificatePem, ca: ca.certificatePem };
}

const { values: asked } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    gateway: { type: 'boolean', default: false },
    jwts: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    json: { type: 'string' },
    markdown: { type: 'boolean' },
  },
});
const { stores, plan, coldStarts, windows } = asked.short ? short : full;

/** Rows 1 to 13 and 18, over stores of several sizes. */
async function measureStores(folder: string, tls: Tls): Promise<readonly Line[]> {
  const seeded: Seeded[] = [];
  for (const stored of stores) {
    say(`Filling a store with ${sizeInWords(stored)} tokens`);
    seeded.push(await seed(folder, stored));
  }
  const sizes = stores.map(sizeInWords);
  const rounds = await runRounds(folder, seeded, tls, plan, say);
  say('Memory');
  const middle = seeded[1];
  if (middle === undefined) throw new Error('There is no store of 100 k.');
  const grown = [await measureGrowth(folder, middle)];
  say('Cold start');
  const starts = await measureColdStarts(bundle, folder, middle, tls, coldStarts);
  say('The window');
  const openings = await measureWindow(folder, middle, windows);
  return [
    ...linesOfRounds(rounds, sizes),
    ...linesOfColdStart(starts),
    ...linesOfMemory(grown, rounds, sizes),
    ...linesOfWindow(openings),
  ];
}

demandWrk();
build();
const folder = await mkdtemp(join(tmpdir(), 'keyfob-bench-'));
try {
  const tls = await makeTls();
  const fsync = fsyncMs(folder);
  const all = !asked.gateway && !asked.jwts && !asked.peers;
  const lines = [
    ...(all ? await measureStores(folder, tls) : []),
    ...(all || asked.gateway ? linesOfGateway(await measureGateway(folder, tls, plan, say)) : []),
    ...(all || asked.jwts ? linesOfJwts(await measureJwts(folder, plan, say)) : []),
  ];
  const peers = asked.peers ? await measurePeers(folder, plan, say) : undefined;
  const caption =
    `${describeMachine()}; fsync ${fsync.toFixed(2)} ms (the goals assume at most 0.3); ${plan.rounds} rounds of ` +
    `${plan.seconds} s${all ? `; several figures in a cell: ${stores.map(sizeInWords).join(' · ')} stored` : ''}`;
  const write = asked.markdown ? asMarkdown : asText;
  const tables = [...(lines.length > 0 ? [tableOf(lines)] : []), ...(peers ? [tableOfPeers(peers)] : [])];
  const absent = peers?.absent.map((peer) => `Not measured: ${peer}`) ?? [];
  process.stdout.write(`\n${[caption, ...tables.map(write), ...absent].join('\n\n')}\n`);
  if (asked.json !== undefined) await writeFile(asked.json, `${JSON.stringify({ caption, lines, peers }, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
