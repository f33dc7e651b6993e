import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Server, startFloor, startKeyfob, startPeer } from '../processes.ts';
import { answersOf, onFloor, over, type Plan } from '../rounds.ts';
import { loadsOf } from '../rows.ts';
import { seed } from '../seed.ts';
import { drive, type Load, type Run } from '../wrk.ts';
import { install, type Peer, peers } from './install.ts';

/** The loads of rows 1 and 8, of row 4, and of row 6. */
const peerLoads = ['issue', 'recent', 'revoke'] as const;
export type PeerLoad = (typeof peerLoads)[number];

/** One figure of one round: the floor's run, and one of each server that has such an endpoint. */
export interface PeerCell {
  readonly floor: Run;
  readonly runs: readonly (Run | undefined)[];
}

export interface PeerFigures {
  /** In the order of `runs`; Keyfob is first. */
  readonly servers: readonly { readonly name: string; readonly keeps: string }[];
  readonly rounds: readonly Readonly<Record<PeerLoad, PeerCell>>[];
  /** Peers that were not measured, and why. */
  readonly absent: readonly string[];
}

interface Contender {
  readonly name: string;
  readonly keeps: string;
  readonly server: Server;
  readonly loads: Readonly<Partial<Record<PeerLoad, Load>>>;
}

const stored = 10_000;
const recentTokens = 1000;
const [clientId, clientSecret] = ['bench', 'a-secret-as-long-as-that-of-keyfob'];
const basic = (secret: string) => `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
const authorization = basic(clientSecret);

/**
 * Measures Keyfob and other OAuth2 servers in turns, under the same loads, on the same core. A peer that does not
 * install, start or prove its work is absent, with the reason.
 */
export async function measurePeers(parent: string, plan: Plan, say: (text: string) => void): Promise<PeerFigures> {
  const servers: Server[] = [];
  const add = async (starting: Promise<Server>): Promise<Server> => {
    const server = await starting;
    servers.push(server);
    return server;
  };
  try {
    say('Filling a store');
    const seeded = await seed(parent, stored);
    const keyfob = { server: await add(startKeyfob(seeded.folder)), loads: loadsOf(seeded) };
    const contenders: Contender[] = [{ name: 'Keyfob', keeps: 'on disk', ...keyfob }];
    const absent: string[] = [];
    for (const peer of peers) {
      say(`Installing ${peer.name}, tokens ${peer.keeps}`);
      try {
        const server = await add(startPeer(await install(peer, parent), optionsOf(peer, parent)));
        await proveHonest(peer, server);
        contenders.push({ name: peer.name, keeps: peer.keeps, server, loads: await loadsOfPeer(peer, server, parent) });
      } catch (error) {
        absent.push(`${peer.name}, tokens ${peer.keeps}: ${error instanceof Error ? error.message : error}`);
      }
    }
    // The files just installed are on their way to the disk, and servers would wait for them.
    spawnSync('sync');
    const floor = await add(startFloor(await answersOf(keyfob)));
    const round = async (seconds: number): Promise<Record<PeerLoad, PeerCell>> => {
      const cells: Partial<Record<PeerLoad, PeerCell>> = {};
      for (const name of peerLoads) {
        const floorRun = await drive(over(floor, 'http'), onFloor(name, keyfob.loads[name]), seconds);
        const runs: (Run | undefined)[] = [];
        for (const { server, loads } of contenders) {
          const load = loads[name];
          runs.push(load && (await drive(over(server, 'http'), load, seconds)));
        }
        cells[name] = { floor: floorRun, runs };
      }
      return cells as Record<PeerLoad, PeerCell>;
    };
    say('Warming up Keyfob and its peers');
    await round(plan.warmUpSeconds);
    const rounds: PeerFigures['rounds'][number][] = [];
    for (let number = 1; number <= plan.rounds; number += 1) {
      say(`Round ${number} of ${plan.rounds} of the peers`);
      rounds.push(await round(plan.seconds));
    }
    return { servers: contenders.map(({ name, keeps }) => ({ name, keeps })), rounds, absent };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

const optionsOf = ({ keeps, program }: Peer, parent: string) => ({
  clientId,
  clientSecret,
  ...(keeps === 'on disk' && { database: join(parent, `${program}.db`), loadFrom: import.meta.filename }),
});

const post = (server: Server, path: string, body: string, as = authorization): Promise<Response> =>
  fetch(`${over(server, 'http').origin}${path}`, {
    method: 'POST',
    headers: { authorization: as, 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });

const issueBody = 'grant_type=client_credentials&scope=device_';

async function issue(server: Server, device: string): Promise<string> {
  const response = await post(server, '/token', `${issueBody}${device}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`it answered ${response.status} to a request for a token: ${text}`);
  return JSON.parse(text).access_token;
}

/** Throws unless the peer does the measured work: it compares the secret, and knows which tokens are active. */
async function proveHonest(peer: Peer, server: Server): Promise<void> {
  const [first, second] = [await issue(server, 'first'), await issue(server, 'first')];
  if (first === second) throw new Error('it gave the same token twice');
  const refused = await post(server, '/token', `${issueBody}first`, basic('wrong'));
  if (refused.ok) throw new Error('it accepted a wrong secret');
  if (!peer.introspects) return;
  const isActive = async (token: string) => {
    const { active } = await (await post(server, '/introspect', `token=${token}`)).json();
    return active;
  };
  if (!(await isActive(first))) throw new Error('it does not know its own token');
  if (await isActive([...first].reverse().join(''))) throw new Error('it knows a token that nobody issued');
  if (!peer.revokes) return;
  await post(server, '/revoke', `token=${first}`);
  if (await isActive(first)) throw new Error('it did not revoke a token');
}

async function loadsOfPeer(peer: Peer, server: Server, parent: string): Promise<Contender['loads']> {
  const fresh = { path: '/token', prefix: issueBody, authorization };
  const loads = { issue: fresh, ...(peer.revokes && { revoke: { ...fresh, revokePath: '/revoke' } }) };
  if (!peer.introspects) return loads;
  const tokens: string[] = [];
  for (let at = 0; at < recentTokens; at += 1) tokens.push(await issue(server, String(at).padStart(10, '0')));
  const width = tokens[0]?.length ?? 0;
  if (tokens.some(({ length }) => length !== width)) throw new Error('its tokens differ in length');
  const file = join(parent, `${peer.program}-${peer.keeps}`);
  await writeFile(file, `${tokens.join('\n')}\n`);
  return { ...loads, recent: { path: '/introspect', prefix: 'token=', authorization, values: { file, width } } };
}
