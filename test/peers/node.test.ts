import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { assertRound, type Identity, openPeers, type Program, type Round, run } from './round.ts';

const peers = await openPeers();
after(peers.close);

const program = (name: string, authentication: string, env: NodeJS.ProcessEnv): Program => ({
  command: process.execPath,
  args: [join(import.meta.dirname, `${name}.client.ts`), authentication],
  env: { ...process.env, ...env },
});

for (const name of ['oauth4webapi', 'openidClient']) {
  for (const authentication of ['basic', 'post']) {
    test(`${name} completes every flow, with the secret by ${authentication}`, async () => {
      const task = peers.task(`${name}_${authentication}`);
      const trusting = program(name, authentication, { NODE_EXTRA_CA_CERTS: task.caFile });
      const { code, stdout, stderr } = await run(trusting, JSON.stringify(task));
      assert.equal(code, 0, stderr);
      assertRound(JSON.parse(stdout) as Round, task);
    });
  }

  test(`${name} refuses us unless it trusts our authority`, async () => {
    const task = peers.task('nobody');
    const { code, stderr } = await run(program(name, 'basic', {}), JSON.stringify(task));
    assert.equal(code, 1);
    assert.match(stderr, /UNABLE_TO_VERIFY_LEAF_SIGNATURE|unable to verify the first certificate/);
  });
}

test('oauth4webapi and openid-client discover the endpoint, verify ID tokens and compare userinfo', async () => {
  await peers.app.call('users.setClaims', { user: 'tester', email: 'tester@shop.test' });
  const task = peers.task('discovery');
  const trusting = program('discovery', '', { NODE_EXTRA_CA_CERTS: task.caFile });
  const { code, stdout, stderr } = await run(trusting, JSON.stringify(task));
  assert.equal(code, 0, stderr);
  const identities = JSON.parse(stdout) as Identity[];
  assert.equal(identities.length, 4);
  const about = { sub: 'tester@carbon.super', email: 'tester@shop.test' };
  for (const { issuer, claims, userinfo } of identities) {
    assert.equal(issuer, task.tokenUrl.replace('/token', '/oauth2/token'));
    assert.partialDeepStrictEqual(claims, { ...about, iss: issuer, azp: task.consumerKey, amr: [] });
    assert.deepEqual(userinfo, about);
  }
});
