import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import type { Progress } from '../../preload/contract/define.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { contract } from '../../preload/contract/index.ts';
import type { IssuedToken } from '../../preload/contract/tokens.ts';
import { dispatchOf, errorOf } from './handlers.ts';

const application = {
  id: 1,
  name: 'Shop',
  owner: 'admin',
  description: '',
  tier: 'Unlimited',
  keyTypes: [],
  activeTokens: 0,
  createdAtMs: 0,
};

test('parses a call, fills in defaults, and answers', async () => {
  let seen: unknown;
  const dispatch = dispatchOf({
    applications: {
      create: (input) => {
        seen = input;
        return application;
      },
    },
  });
  const reply = await dispatch({ method: 'applications.create', input: { name: '  Shop ' } });
  assert.deepEqual(reply, { ok: true, output: application });
  assert.deepEqual(seen, { name: 'Shop', owner: 'admin', description: '', tier: 'Unlimited' });
});

test('runs only writes and steps of bulk methods in a transaction', async () => {
  let open = false;
  const seen: [string, boolean][] = [];
  const dispatch = dispatchOf(
    {
      applications: {
        list: () => {
          seen.push(['read', open]);
          return { items: [] };
        },
        create: () => {
          seen.push(['write', open]);
          return application;
        },
      },
      devices: {
        *mint() {
          seen.push(['bulk', open]);
          yield { done: 1, total: 2 };
          seen.push(['bulk', open]);
          return { items: [] };
        },
      },
      tokens: {
        *count() {
          seen.push(['scan', open]);
          yield { done: 1, total: 2 };
          seen.push(['scan', open]);
          return { total: 0, byState: { ACTIVE: 0, INACTIVE: 0, EXPIRED: 0, REVOKED: 0 } };
        },
      },
      endpoint: {
        stop: async () => {
          seen.push(['control', open]);
          return { running: false, addresses: [], names: [], caFile: '' };
        },
      },
    },
    {
      submit: async (work) => {
        open = true;
        try {
          return work();
        } finally {
          open = false;
        }
      },
    },
  );
  await dispatch({ method: 'applications.list', input: {} });
  await dispatch({ method: 'applications.create', input: { name: 'Shop' } });
  await dispatch({ method: 'devices.mint', input: { application: 'Shop', keyType: 'PRODUCTION', device: ['ipad'] } });
  await dispatch({ method: 'tokens.count', input: {} });
  await dispatch({ method: 'endpoint.stop', input: {} });
  assert.deepEqual(seen, [
    ['read', false],
    ['write', true],
    ['bulk', true],
    ['bulk', true],
    ['scan', false],
    ['scan', false],
    ['control', false],
  ]);
});

test('a job reports progress, sees its cancellation, and reports no finished steps', async () => {
  const abort = new AbortController();
  const told: Progress[] = [];
  const dispatch = dispatchOf({
    doctor: {
      run: async (_input, watch) => {
        watch.onProgress({ done: 1, total: 2 });
        assert.equal(watch.cancelled(), false);
        abort.abort();
        assert.equal(watch.cancelled(), true);
        throw new KeyfobError('cancelled', 'Cancelled; nothing was changed.');
      },
    },
  });
  const options = { signal: abort.signal, onProgress: (progress: Progress) => told.push(progress) };
  const reply = await dispatch({ method: 'doctor.run', input: {} }, options);
  assert.deepEqual(errorOf(reply), { code: 'cancelled', message: 'Cancelled; nothing was changed.', details: {} });
  assert.deepEqual(told, [{ done: 1, total: 2 }]);
});

const badInputs: readonly (readonly [string, unknown, string, string[]])[] = [
  ['applications.create', { name: '' }, 'The application name must not be empty.', ['name']],
  ['applications.read', { application: '' }, 'Application must not be empty.', ['application']],
  ['applications.read', {}, 'application is missing.', ['application']],
  ['applications.read', undefined, 'The input is missing.', ['']],
  ['applications.read', null, 'The input must be an object.', ['']],
  ['keys.reveal', { application: 'Shop', keyType: 'TEST' }, 'The key type is PRODUCTION or SANDBOX.', ['keyType']],
  ['tokens.list', { limit: 0 }, 'limit must be at least 1.', ['limit']],
  ['tokens.list', { limit: 1.5 }, 'limit must be a whole number.', ['limit']],
  ['tokens.list', { cursor: 'x' }, 'cursor must be a number.', ['cursor']],
  ['tokens.list', { state: 'DEAD' }, 'state must be one of ACTIVE, INACTIVE, EXPIRED, REVOKED.', ['state']],
  ['tokens.list', { colour: 'red' }, 'There is no field colour.', ['colour']],
  ['settings.write', { revokeHeaders: 'yes' }, 'revokeHeaders must be true or false.', ['revokeHeaders']],
  ['settings.write', { extraNames: 'a' }, 'extraNames must be a list.', ['extraNames']],
  ['settings.write', { httpPort: 'x' }, 'httpPort must be a number.', ['httpPort']],
  ['tokens.revokeAll', {}, 'Name an application, a user or a device.', ['']],
  [
    'snippets.render',
    { application: 'Shop', keyType: 'SANDBOX', url: 'file:///etc' },
    'url must be an absolute http or https URL.',
    ['url'],
  ],
  [
    'keys.generate',
    { application: 'Shop', keyType: 'SANDBOX', callbackUrl: 'nowhere' },
    'The callback URL must be an absolute URL, like http://localhost:3000/callback.',
    ['callbackUrl'],
  ],
  [
    'devices.mint',
    { application: 'Shop', keyType: 'SANDBOX', device: ['ok', 'not ok', ''] },
    'A device name has letters, digits, dot, underscore and hyphen only. A device name must not be empty.',
    ['device.1', 'device.2'],
  ],
];

for (const [method, input, message, paths] of badInputs) {
  test(`${method} with ${JSON.stringify(input)}: ${message}`, async () => {
    const error = errorOf(await dispatchOf({})({ method, input }));
    assert.equal(error.code, 'bad_input');
    assert.ok(error.message.startsWith(message), error.message);
    assert.deepEqual([...new Set(error.details.fields?.map(({ path }) => path))], paths);
  });
}

test('counts many errors, and lists the first ones', async () => {
  const input = { application: 'Shop', keyType: 'SANDBOX', device: Array.from({ length: 500 }, () => 'a b') };
  const error = errorOf(await dispatchOf({})({ method: 'devices.mint', input }));
  assert.match(error.message, /\(And 497 more\.\)$/);
  assert.equal(error.details.fields?.length, 20);
});

test('names an unknown method and a similar one', async () => {
  const dispatch = dispatchOf({});
  const near = errorOf(await dispatch({ method: 'tokens.isue', input: {} }));
  assert.equal(near.code, 'bad_input');
  assert.equal(near.message, 'No method named "tokens.isue". Did you mean "tokens.issue"?');
  for (const method of ['', 'constructor', '__proto__.toString', 'applications.toString', 'x'.repeat(100_000)]) {
    const error = errorOf(await dispatch({ method, input: {} }));
    assert.equal(error.code, 'bad_input');
    assert.ok(error.message.length < 200);
  }
});

test('runs only methods with `whileLocked` on a locked vault', async () => {
  const given = { vault: { status: () => ({ state: 'locked', recoveryKey: 'none' }) as const } };
  for (const [state, code] of [
    ['none', 'vault_none'],
    ['locked', 'vault_locked'],
  ] as const) {
    const dispatch = dispatchOf(given, { isLocked: () => state });
    assert.equal(errorOf(await dispatch({ method: 'applications.list', input: {} })).code, code);
    assert.equal((await dispatch({ method: 'vault.status', input: {} })).ok, true);
  }
});

test('a typed error keeps its code, message and details', async () => {
  const details = { port: { taken: 8243, free: 8244 } };
  const dispatch = dispatchOf({
    endpoint: {
      start: async () => {
        throw new KeyfobError('port_in_use', 'Port 8243 is taken; 8244 is free.', details);
      },
    },
  });
  assert.deepEqual(errorOf(await dispatch({ method: 'endpoint.start', input: {} })), {
    code: 'port_in_use',
    message: 'Port 8243 is taken; 8244 is free.',
    details,
  });
});

test('reports an unexpected error, and does not send its text', async () => {
  const heard: unknown[] = [];
  const fault = new Error('secret s3cret in /home/ann');
  const dispatch = dispatchOf(
    {
      applications: {
        list: () => {
          throw fault;
        },
      },
    },
    { onError: (error) => heard.push(error) },
  );
  const error = errorOf(await dispatch({ method: 'applications.list', input: {} }));
  assert.deepEqual(error, {
    code: 'internal',
    message: 'Keyfob failed in a way it did not foresee; please report it.',
    details: {},
  });
  assert.deepEqual(heard, [fault]);
});

const minted = (device: string) => ({ device }) as { device: string } & IssuedToken;
const mintInput = { application: 'Shop', keyType: 'PRODUCTION', device: ['a'] };

test('a bulk call reports progress, and gives its result last', async () => {
  const told: Progress[] = [];
  const dispatch = dispatchOf({
    devices: {
      *mint() {
        yield { done: 1, total: 2 };
        yield { done: 2, total: 2 };
        return { items: [minted('a')] };
      },
    },
  });
  const reply = await dispatch({ method: 'devices.mint', input: mintInput }, { onProgress: (at) => told.push(at) });
  assert.deepEqual(reply, { ok: true, output: { items: [{ device: 'a' }] } });
  assert.deepEqual(told, [
    { done: 1, total: 2 },
    { done: 2, total: 2 },
  ]);
});

test('a cancelled bulk call stops between two steps, and counts the finished ones', async () => {
  let steps = 0;
  const dispatch = dispatchOf({
    devices: {
      *mint() {
        for (;;) {
          steps += 1;
          yield { done: steps * 50, total: 1000 };
        }
      },
    },
  });
  const abort = new AbortController();
  const onProgress = ({ done }: Progress) => {
    if (done === 100) abort.abort();
  };
  const reply = await dispatch({ method: 'devices.mint', input: mintInput }, { onProgress, signal: abort.signal });
  assert.equal(steps, 2);
  assert.equal(errorOf(reply).code, 'cancelled');
  assert.equal(errorOf(reply).message, 'Cancelled. 100 of 1000 were done before, and stay.');
  const early = await dispatch({ method: 'devices.mint', input: mintInput }, { signal: AbortSignal.abort() });
  assert.equal(errorOf(early).message, 'Cancelled.');
  assert.equal(steps, 2);
});

test('a scan yields between its steps, and reports no finished ones when cancelled', async () => {
  const abort = new AbortController();
  const progress: unknown[] = [];
  const dispatch = dispatchOf({
    tokens: {
      *ids() {
        setImmediate(() => abort.abort());
        for (let done = 1; ; done += 1) yield { done, total: 9 };
      },
    },
  });
  const options = { signal: abort.signal, onProgress: (step: unknown) => progress.push(step) };
  const error = errorOf(await dispatch({ method: 'tokens.ids', input: {} }, options));
  assert.deepEqual([error.code, error.message], ['cancelled', 'Cancelled.']);
  assert.deepEqual(progress[0], { done: 1, total: 9 });
});

test('a bulk call whose transaction fails counts the finished steps', async () => {
  let transactions = 0;
  const dispatch = dispatchOf(
    {
      devices: {
        *mint() {
          yield { done: 50, total: 100 };
          yield { done: 100, total: 100 };
          return { items: [] };
        },
      },
    },
    {
      submit: async (work) => {
        const result = work();
        transactions += 1;
        if (transactions === 2) throw new KeyfobError('storage_full', 'The disk is full; free some space.');
        return result;
      },
    },
  );
  const error = errorOf(await dispatch({ method: 'devices.mint', input: mintInput }));
  assert.equal(error.code, 'storage_full');
  assert.equal(error.message, 'The disk is full; free some space. 50 of 100 were done before, and stay.');
});

test('every input and output of the contract is JSON', () => {
  for (const methods of Object.values(contract)) {
    for (const { input, output } of Object.values(methods)) {
      assert.doesNotThrow(() => z.toJSONSchema(input, { io: 'input' }));
      assert.doesNotThrow(() => z.toJSONSchema(output, { io: 'output' }));
    }
  }
});
