import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { settingsShape } from '../../preload/contract/settings/settings.ts';
import type { SettingText } from '../../preload/contract/settings/settingText.ts';
import { settingTexts } from '../../preload/contract/settings/settingTexts.ts';
import { failing, openWorld } from '../helpers/engine.ts';

test('changes only the named settings, and announces the change', async (t) => {
  const world = await openWorld(t);
  const before = await world.call('settings.read', {});
  const after = await world.call('settings.write', { skewSeconds: 300, httpPort: 8280, port: undefined });
  assert.deepEqual(after, { ...before, skewSeconds: 300, httpPort: 8280 });
  assert.deepEqual(await world.call('settings.read', {}), after);
  assert.deepEqual(world.sent.at(-1), { name: 'settings.changed', data: {} });
  assert.equal((await world.call('settings.write', { httpPort: null })).httpPort, null);
});

test('the idle lock takes minutes or never', async (t) => {
  const world = await openWorld(t);
  assert.equal((await world.call('settings.read', {})).lockAfterIdleMinutes, 15);
  assert.equal((await world.call('settings.write', { lockAfterIdleMinutes: null })).lockAfterIdleMinutes, null);
  for (const lockAfterIdleMinutes of [0, 1441, 1.5]) {
    await assert.rejects(
      world.call('settings.write', { lockAfterIdleMinutes }),
      failing('bad_input', 'lockAfterIdleMinutes'),
    );
  }
});

test('each setting has a text, and each value of a switch has one, the default first', () => {
  const schemas: Readonly<Record<string, z.ZodDefault<z.ZodType>>> = settingsShape;
  const texts: Readonly<Record<string, SettingText>> = settingTexts;
  assert.deepEqual(Object.keys(texts), Object.keys(schemas));
  for (const [name, schema] of Object.entries(schemas)) {
    const inner = schema.unwrap();
    const { summary, choices } = texts[name] ?? {};
    assert.equal(inner.description, summary, name);
    const values = choices?.map(({ value }) => `${value}`);
    const possible =
      inner instanceof z.ZodBoolean
        ? ['true', 'false']
        : inner instanceof z.ZodEnum
          ? inner.options.map(String)
          : undefined;
    assert.deepEqual(values?.toSorted(), possible?.toSorted(), name);
    if (values !== undefined) assert.equal(values[0], `${schema.def.defaultValue}`, name);
  }
});
