import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '../../main/platform/random.ts';
import { openStore } from '../../main/store/store.ts';
import { createVault } from '../../main/vault/vault.ts';
import { passphrase } from '../helpers/app.ts';
import { fillFolder, tester } from '../helpers/filled.ts';
import { createOAuthClient, type Issued } from '../helpers/oauthClient.ts';
import { type Call, type Disk, recordedCalls, recordTo, replayDisk } from '../helpers/powerLoss.ts';
import { startServing, testFolder } from '../helpers/serving.ts';
import { until } from '../helpers/until.ts';
import { checkDatabase, onChance } from './kills.ts';

/** Losses of power to try. Set `POWER_LOSS_POINTS=1000` after a change of what is synced. */
const points = Number(process.env.POWER_LOSS_POINTS ?? 60);
const atOnce = 4;
/** A log of this length moves into the database after two seconds without writes. */
const idleAtBytes = 1100 * 4120;
const roundsAfter = 12;

/** A token as the log tells of it. Lines of the log; `Infinity` for what never came. */
interface Answered extends Issued {
  readonly answeredAt: number;
  /** The request that retires it arrived, and was answered. */
  retiringFrom: number;
  retiredAt: number;
}

/** Sends requests until the log is long enough to be moved into the database. Then sends some more, which start it again. */
async function exercise(t: TestContext, folder: string, recording: string): Promise<void> {
  const home = join(folder, 'home');
  const { reusing, renewing } = await fillFolder(home);
  cpSync(home, join(folder, 'before'), { recursive: true });
  const serving = startServing(t, folder, recordTo(recording));
  const { httpPort } = await serving.ready;
  const connect = () => createOAuthClient(`http://127.0.0.1:${httpPort}`, reusing);
  let client = connect();
  let devices = 0;
  const useDevice = async () => {
    devices += 1;
    const issued = await client.token({ grant_type: 'password', ...tester, scope: `device_${devices}` });
    if (devices % 3 === 0) return;
    const { accessToken } =
      devices % 3 === 1
        ? issued
        : await client.token({ grant_type: 'refresh_token', refresh_token: issued.refreshToken ?? '' });
    assert.equal((await client.post('/revoke', { token: accessToken })).status, 200);
  };
  const round = async () => {
    await Promise.all([
      ...Array.from({ length: atOnce }, useDevice),
      client.token({ grant_type: 'client_credentials' }, renewing),
    ]);
  };
  const size = (name: string) => statSync(join(home, name)).size;
  const sizeBefore = size('keyfob.db');
  while (size('keyfob.db-wal') < idleAtBytes) await round();
  // The server closes idle connections meanwhile.
  client.close();
  await until('the log moves into the database', async () => {
    await delay(20);
    return size('keyfob.db') > sizeBefore;
  });
  client = connect();
  for (let more = 0; more < roundsAfter; more += 1) await round();
  client.close();
  serving.kill('SIGTERM');
  await serving.ended;
}

/** The tokens of all complete replies. */
function answeredIn(calls: readonly Call[]): readonly Answered[] {
  const tokens: Answered[] = [];
  const requests = new Map<string, { readonly form: URLSearchParams; readonly beganAt: number }>();
  for (const { name, file, data, beganAt } of calls) {
    const text = Buffer.concat([...data]).toString('latin1');
    if (name === 'read' && text.startsWith('POST /')) {
      requests.set(file, { form: new URLSearchParams(text.slice(text.indexOf('\r\n\r\n') + 4)), beganAt });
    }
    const request = requests.get(file);
    if (!name.startsWith('write') || !text.startsWith('HTTP/1.1 200 ') || request === undefined) continue;
    const { form } = request;
    const retired = tokens.findLast(({ accessToken, refreshToken, retiredAt }) =>
      form.get('grant_type') === 'client_credentials'
        ? refreshToken === undefined && retiredAt === Number.POSITIVE_INFINITY
        : accessToken === form.get('token') || refreshToken === (form.get('refresh_token') ?? ''),
    );
    if (retired !== undefined) Object.assign(retired, { retiringFrom: request.beganAt, retiredAt: beganAt });
    if (!form.has('grant_type')) continue;
    const { access_token: accessToken, refresh_token: refreshToken } = JSON.parse(text.slice(text.indexOf('{')));
    const never = Number.POSITIVE_INFINITY;
    tokens.push({ accessToken, refreshToken, answeredAt: beganAt, retiringFrom: never, retiredAt: never });
  }
  return tokens;
}

onChance('keeps answered changes after a loss of power at any moment', async (t, chance) => {
  const folder = testFolder(t);
  const home = join(folder, 'home');
  const recording = join(folder, 'recording');
  await exercise(t, folder, recording);
  const calls = recordedCalls(recording);
  const answered = answeredIn(calls);
  const vault = createVault({ folder: home, random: createRandom() });
  await vault.unlock(passphrase);

  /** Restores a folder and compares its tokens with the replies before the cut. */
  const check = async (disk: Disk, cut: number): Promise<void> => {
    const after = mkdtempSync(join(folder, 'after-'));
    disk.restore(join(after, 'home'), cut, chance);
    checkDatabase(after);
    const { store, close } = await openStore(join(after, 'home/keyfob.db'), vault.sealer, { mustExist: true });
    try {
      for (const { accessToken, refreshToken, answeredAt, retiringFrom, retiredAt } of answered) {
        if (answeredAt >= cut) continue;
        const row = store.tokens.byValue(accessToken);
        assert.ok(row, `at line ${cut}, the token answered at line ${answeredAt} is gone`);
        assert.equal(store.tokens.reveal(row.id), accessToken);
        if (refreshToken !== undefined) assert.ok(store.refreshTokens.byValue(refreshToken));
        if (retiringFrom >= cut) assert.equal(row.state, 'ACTIVE', `at line ${cut}`);
        if (retiredAt < cut)
          assert.notEqual(row.state, 'ACTIVE', `at line ${cut}, what retired it at ${retiredAt} is gone`);
      }
    } finally {
      await close();
    }
    rmSync(after, { recursive: true });
  };

  const disk = replayDisk(calls, home, join(folder, 'before'));
  // Each changing call of the folder is as likely, so most are in the log and in its move into the database.
  const changes = calls.filter(({ file, name }) => file.startsWith(home) && name !== 'read');
  for (let point = 0; point < points; point += 1) {
    await check(disk, changes[chance(changes.length)]?.beganAt ?? 0);
  }
  await check(disk, Number.POSITIVE_INFINITY);

  // Otherwise the points prove nothing.
  assert.ok(answered.filter(({ retiredAt }) => retiredAt < Number.POSITIVE_INFINITY).length > 100);
  const lastAnswer = Math.max(...answered.map(({ answeredAt }) => answeredAt));
  for (const name of ['keyfob.db', 'keyfob.db-wal']) {
    const isSync = (call: Call) => call.name.endsWith('sync') && call.file === join(home, name);
    const unsynced = replayDisk(
      calls.filter((call) => !isSync(call)),
      home,
      join(folder, 'before'),
    );
    await assert.rejects(check(unsynced, lastAnswer), `nothing is lost without the syncs of ${name}`);
  }
});
