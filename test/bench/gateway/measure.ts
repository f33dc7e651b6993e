import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Server, startBackend, startKeyfob, startProxy, type Tls } from '../processes.ts';
import type { Cell, Plan } from '../rounds.ts';
import { drive, type Load, type Target } from '../wrk.ts';
import { createScene, type Scene } from './scene.ts';

const forwardings = ['forwarded', 'cold', 'https', 'download', 'upload'] as const;
const refusals = ['unknown', 'expired', 'revoked', 'notSubscribed', 'throttled'] as const;
export type Forwarding = (typeof forwardings)[number];
export type Refusal = (typeof refusals)[number];

/** What all rounds measured, in order. */
export interface GatewayFigures {
  readonly forwarded: Readonly<Record<Forwarding, readonly Cell[]>>;
  readonly refused: Readonly<Record<Refusal, readonly Cell[]>>;
  readonly echo: readonly Cell[];
  /** Resident memory grown by bodies of 10 MiB, 16 at once. */
  readonly grownMiB: number;
}

const mebibyte = 1024 * 1024;
/** Of 10 MiB each. */
const largeBodies = { connections: 16, secondsAtLeast: 8 };

interface Bench {
  readonly keyfob: Server;
  /** With the validation cache off. */
  readonly cold: Server;
  readonly proxy: Server;
  readonly secureProxy: Server;
  readonly scene: Scene;
}

const target = ({ pid, ready }: Server, scheme: 'http' | 'https' = 'http'): Target => {
  const origin = ready[scheme];
  if (origin === undefined) throw new Error(`A server has no ${scheme} listener.`);
  return { pid, origin };
};

/** The paths under each API, and the token of the call. */
const loadsOf = ({ valid, refused }: Scene) => {
  const get = (path: string, token: string): Load => ({
    method: 'GET',
    path,
    authorization: `Bearer ${token}`,
    prefix: '',
  });
  const failing = (path: string, token: string, expects: number): Load => ({ ...get(path, token), expects });
  return {
    small: get('/bench/1.0/small', valid),
    download: { ...get('/bench/1.0/large', valid), ...largeBodies },
    upload: {
      ...get('/bench/1.0/small', valid),
      method: 'POST',
      bodyBytes: 10 * mebibyte,
      ...largeBodies,
    } satisfies Load,
    echo: get('/echo/1.0/small', valid),
    refused: {
      unknown: failing('/bench/1.0/small', refused.unknown, 401),
      expired: failing('/bench/1.0/small', refused.expired, 401),
      revoked: failing('/bench/1.0/small', refused.revoked, 401),
      notSubscribed: failing('/bench/2.0/small', refused.notSubscribed, 403),
      throttled: failing('/bench/3.0/small', refused.throttled, 429),
    } satisfies Record<Refusal, Load>,
  };
};

/** The proxy has no API, so it gets the backend's path. */
const onProxy = (load: Load): Load => ({ ...load, path: load.path.endsWith('/large') ? '/large' : '/small' });

/** Measures rows 14 to 16: the gateway in front of a plain backend, next to a bare proxy in front of the same one. */
export async function measureGateway(
  parent: string,
  tls: Tls,
  plan: Plan,
  say: (text: string) => void,
): Promise<GatewayFigures> {
  const backend = await startBackend();
  const servers: Server[] = [backend];
  const copies = await mkdtemp(join(parent, 'gateway-copies-'));
  const add = async (server: Promise<Server>): Promise<Server> => {
    const started = await server;
    servers.push(started);
    return started;
  };
  try {
    const origin = target(backend).origin;
    const scene = await createScene(parent, origin);
    await cp(scene.folder, join(copies, 'cold'), { recursive: true });
    const proxied = { backend: origin, refusal: { status: 401, body: 'a'.repeat(400) } };
    const bench: Bench = {
      keyfob: await add(startKeyfob(scene.folder)),
      cold: await add(startKeyfob(join(copies, 'cold'), { validationCacheSeconds: 0 })),
      proxy: await add(startProxy(proxied)),
      secureProxy: await add(startProxy({ ...proxied, tls })),
      scene,
    };
    await spendQuota(bench);
    say('Warming up the gateway');
    await oneRound(bench, plan.warmUpSeconds);
    const rounds: Awaited<ReturnType<typeof oneRound>>[] = [];
    const before = await bench.keyfob.memory();
    for (let number = 1; number <= plan.rounds; number += 1) {
      say(`Round ${number} of ${plan.rounds} of the gateway`);
      rounds.push(await oneRound(bench, plan.seconds));
    }
    const after = await bench.keyfob.memory();
    const each = <N extends string>(names: readonly N[], cell: (round: (typeof rounds)[number], name: N) => Cell) =>
      Object.fromEntries(names.map((name) => [name, rounds.map((round) => cell(round, name))])) as Record<N, Cell[]>;
    return {
      forwarded: each(forwardings, (round, name) => round.forwarded[name]),
      refused: each(refusals, (round, name) => round.refused[name]),
      echo: rounds.map(({ echo }) => echo),
      grownMiB: after.rssMiB - before.rssMiB,
    };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await rm(copies, { recursive: true, force: true });
  }
}

/** The one call that the tier of `bench/3.0` allows. */
async function spendQuota({ keyfob, scene }: Bench): Promise<void> {
  const { authorization, path } = loadsOf(scene).refused.throttled;
  await fetch(`${target(keyfob).origin}${path}`, { headers: { authorization } });
}

async function oneRound({ keyfob, cold, proxy, secureProxy, scene }: Bench, seconds: number) {
  const loads = loadsOf(scene);
  const cell = async (floor: Target, onFloor: Load, own: Target, load: Load): Promise<Cell> => ({
    floor: await drive(floor, onFloor, seconds),
    stores: [await drive(own, load, seconds)],
  });
  const forwarded = (load: Load, own = keyfob) => cell(target(proxy), onProxy(load), target(own), load);
  const refused = (load: Load) =>
    cell(target(proxy), { ...load, path: '/refused', expects: 401 }, target(keyfob), load);
  return {
    forwarded: {
      forwarded: await forwarded(loads.small),
      cold: await forwarded(loads.small, cold),
      https: await cell(target(secureProxy, 'https'), onProxy(loads.small), target(keyfob, 'https'), loads.small),
      download: await forwarded(loads.download),
      upload: await forwarded(loads.upload),
    },
    refused: {
      unknown: await refused(loads.refused.unknown),
      expired: await refused(loads.refused.expired),
      revoked: await refused(loads.refused.revoked),
      notSubscribed: await refused(loads.refused.notSubscribed),
      throttled: await refused(loads.refused.throttled),
    },
    echo: await cell(target(proxy), onProxy(loads.small), target(keyfob), loads.echo),
  };
}
