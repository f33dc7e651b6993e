import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openApp } from '../../main/app/app.ts';
import { type Server, startFloor, startKeyfob } from './processes.ts';
import { answerTo, type Cell, over, type Plan } from './rounds.ts';
import { passphrase } from './seed.ts';
import { drive, type Load } from './wrk.ts';

/** New JWTs by the algorithm that signs them, and one that is handed back. */
const jwtLoads = ['es256', 'rs256', 'reuse'] as const;
type JwtLoad = (typeof jwtLoads)[number];

/** The cells of each load, one for each round. */
export type JwtFigures = Readonly<Record<JwtLoad, readonly Cell[]>>;

const validitySeconds = 86_400;
const deviceCount = 1000;

/** Creates a data folder with a key set for each load, through the program itself. */
async function createLoads(parent: string): Promise<{ folder: string; loads: Readonly<Record<JwtLoad, Load>> }> {
  const folder = join(parent, 'jwts');
  await mkdir(folder, { recursive: true });
  const names = Array.from({ length: deviceCount }, (_, at) => `d${String(at).padStart(5, '0')}`);
  const file = join(parent, 'jwt-devices');
  await writeFile(file, `${names.join('\n')}\n`);
  const values = { file, width: names[0]?.length ?? 0 };
  const app = await openApp({ folder });
  try {
    await app.call('vault.create', { mode: 'passphrase', passphrase });
    await app.call('settings.write', {
      applicationTokenValiditySeconds: validitySeconds,
      jwtAlgorithm: 'RS256',
      rfc9068Algorithm: 'ES256',
    });
    const load = async (name: string, tokenFormat: 'rfc9068' | 'apim42', issueBehaviour: 'renew' | 'reuse') => {
      await app.call('applications.create', { name });
      const keys = { application: name, keyType: 'PRODUCTION', tokenFormat, issueBehaviour } as const;
      const { consumerKey, consumerSecret } = await app.call('keys.generate', keys);
      const authorization = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
      return { path: '/token', prefix: 'grant_type=client_credentials&scope=device_', authorization, values };
    };
    const loads = {
      es256: await load('ES256', 'rfc9068', 'renew'),
      rs256: await load('RS256', 'apim42', 'renew'),
      reuse: await load('Reuse', 'rfc9068', 'reuse'),
    };
    return { folder, loads };
  } finally {
    await app.close();
  }
}

/** Measures row 17 next to the bare handler. The warm-up issues the tokens that are handed back later. */
export async function measureJwts(parent: string, plan: Plan, say: (text: string) => void): Promise<JwtFigures> {
  const { folder, loads } = await createLoads(parent);
  const servers: Server[] = [];
  const figures: Record<JwtLoad, Cell[]> = { es256: [], rs256: [], reuse: [] };
  try {
    const keyfob = await startKeyfob(folder);
    servers.push(keyfob);
    const answers: Record<string, string> = {};
    for (const name of jwtLoads) answers[`/${name}`] = await answerTo(keyfob, name, loads[name]);
    const floor = await startFloor(answers);
    servers.push(floor);
    const round = async (seconds: number, keep: boolean) => {
      for (const name of jwtLoads) {
        const cell = {
          floor: await drive(over(floor, 'http'), { ...loads[name], path: `/${name}` }, seconds),
          stores: [await drive(over(keyfob, 'http'), loads[name], seconds)],
        };
        if (keep) figures[name].push(cell);
      }
    };
    say('Warming up for JWTs');
    await round(plan.warmUpSeconds, false);
    for (let number = 1; number <= plan.rounds; number += 1) {
      say(`Round ${number} of ${plan.rounds} of JWTs`);
      await round(plan.seconds, true);
    }
    return figures;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}
