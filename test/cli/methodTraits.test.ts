import assert from 'node:assert/strict';
import { test } from 'node:test';
import { topicTraits } from '../../main/cli/methods/methodTraits.ts';
import type { TopicTraits } from '../../main/cli/methods/traits.ts';
import type { Topic } from '../../preload/contract/define.ts';
import { contract } from '../../preload/contract/index.ts';

const topic = { summary: 'Log', group: 'core' } as const;
const list = { columns: ['atMs'], text: [], optional: [], empty: 'None.' } as const;

// Each mistake is a compile error, which `@ts-expect-error` demands.
export const misspelt: TopicTraits<'audit'> = {
  ...topic,
  // @ts-expect-error: the contract has no method `lists`
  methods: { list: { list }, lists: {} },
};
// @ts-expect-error: a list needs columns
export const withoutColumns: TopicTraits<'audit'> = { ...topic, methods: { list: {} } };
export const wrongColumn: TopicTraits<'audit'> = {
  ...topic,
  // @ts-expect-error: an item of the list has no field `at`
  methods: { list: { list: { ...list, columns: ['at'] } } },
};
// @ts-expect-error: the topic has no method `show`
export const wrongBare: TopicTraits<'audit'> = { ...topic, bare: 'show', methods: { list: { list } } };

export const wrongSubject: TopicTraits<'tokens'> = {
  ...topic,
  methods: topicTraits.tokens.methods as never,
  // @ts-expect-error: no method of the topic has a field `tokn`
  subjects: ['tokn'],
};

test('traits name topics and methods of the contract only', () => {
  const topics: Readonly<Record<string, Topic>> = contract;
  assert.deepEqual(Object.keys(topicTraits).sort(), Object.keys(topics).sort());
  for (const [name, { methods, bare }] of Object.entries(topicTraits)) {
    const known = Object.keys(topics[name] ?? {});
    assert.deepEqual(
      Object.keys(methods).filter((method) => !known.includes(method)),
      [],
    );
    assert.ok(bare === undefined || known.includes(bare), name);
  }
});

test('a method shows one result: a sentence, a list or its own text', () => {
  for (const [name, { methods }] of Object.entries(topicTraits)) {
    for (const [method, { result, list, show }] of Object.entries(methods)) {
      const ways = [result, list, show].filter((way) => way !== undefined);
      assert.ok(ways.length <= 1, `${name}.${method}`);
    }
  }
});
