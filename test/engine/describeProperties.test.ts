import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applications } from '../../preload/contract/applications.ts';
import { deviceSets } from '../../preload/contract/deviceSets.ts';
import { scopes } from '../../preload/contract/scopes.ts';
import { providedSecret } from '../../preload/contract/servers.ts';
import { deviceName } from '../../preload/contract/values.ts';
import { createWorld } from '../helpers/engine.ts';

const openVault = async () => {
  const world = await createWorld();
  await world.transact(() => world.engine.seed());
  return world;
};
type World = Awaited<ReturnType<typeof openVault>>;

const apply = (world: World, text: string) =>
  world.call('describe.apply', { file: Buffer.from(text).toString('base64') });
const textOf = async (world: World) => (await world.call('describe.export', { secrets: 'real' })).text;

/** Characters with a meaning in YAML or in names of the environment, and others that files have spoiled. */
const ascii = 'aZ09 -_:#"\'{}[],&*!|>%@`$~?\\';
const letters = fc.constantFrom(...ascii, ...'é🔑א\u2028');
const accepted = (schema: { safeParse(value: unknown): { success: boolean } }, maxLength: number, unit = letters) =>
  fc
    .string({ unit, minLength: 1, maxLength })
    .filter((value) => value.trim() === value && schema.safeParse(value).success);

const name = accepted(applications.create.input.shape.name, 12);
const description = fc.oneof(fc.constant(''), accepted(applications.create.input.shape.description, 40));
const secret = accepted(providedSecret, 40, fc.constantFrom(...ascii));
const seconds = fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: 100_000 }));
const keys = fc.record(
  {
    consumerSecret: secret,
    userTokenValiditySeconds: seconds,
    issueBehaviour: fc.constantFrom('reuse', 'renew', 'multiple'),
  },
  { requiredKeys: [] },
);
const set = fc.record({
  name: accepted(deviceSets.save.input.shape.name, 12),
  devices: fc.uniqueArray(accepted(deviceName, 8), { minLength: 1, maxLength: 4 }),
});
const distinct = <T extends { readonly name: string }>(item: fc.Arbitrary<T>, maxLength: number) =>
  fc.uniqueArray(item, { selector: (one) => one.name.toLowerCase(), maxLength });
const described = fc.record({
  keyfob: fc.constant(1),
  scopes: distinct(fc.record({ name: accepted(scopes.create.input.shape.name, 10), description }), 3),
  applications: distinct(
    fc.record({
      name,
      description,
      keys: fc.record({ PRODUCTION: keys, SANDBOX: keys }),
      deviceSets: distinct(set, 2),
    }),
    3,
  ),
});

/** JSON is YAML too; a dollar sign begins the name of a variable. */
const fileOf = (value: object): string => JSON.stringify(value).replaceAll('$', '$$$$');

test('an export changes nothing where it came from, and makes an equal vault elsewhere', async () => {
  await fc.assert(
    fc.asyncProperty(described, async (value) => {
      const [here, elsewhere] = [await openVault(), await openVault()];
      try {
        await apply(here, fileOf(value));
        const exported = await textOf(here);
        assert.deepEqual((await apply(here, exported)).changes, []);
        assert.equal(await textOf(here), exported);
        await apply(elsewhere, exported);
        assert.deepEqual((await apply(elsewhere, exported)).changes, []);
        assert.equal(await textOf(elsewhere), exported);
      } finally {
        here.close();
        elsewhere.close();
      }
    }),
    { numRuns: 10 },
  );
});
