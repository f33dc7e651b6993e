import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TokenRow } from '../../main/engine/ports/store/tokens.ts';
import { endSet, newToken, openTestStore, retirement, seed, tupleOf } from './stores.ts';

/** The action of a job on the tuple with this number. `issue` first retires a live token, like the engine. */
const step = fc.record({
  tuple: fc.nat({ max: 3 }),
  does: fc.constantFrom('issue', 'expire', 'revoke', 'setExpiry'),
  looksBetween: fc.boolean(),
});
const work = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  ends: fc.constantFrom('well', 'well', 'well', 'failing', 'losing the batch'),
});
const turn = fc.record({ works: fc.array(work, { minLength: 1, maxLength: 4 }), dropsCaches: fc.boolean() });

interface Model {
  /** The current row of every issued token, by its value. */
  readonly rows: Map<string, TokenRow>;
}

test('reads match a plain model after any sequence of writes and failures', async (t) => {
  const opened = await openTestStore(t);
  const { store, commit, db, dropCaches } = opened;
  const { tokens } = store;
  const seeded = await seed(opened);
  let run = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(turn, { maxLength: 6 }), async (turns) => {
      run += 1;
      const tuples = [0, 1, 2, 3].map((tuple) => tupleOf(seeded, `run_${run} device_${tuple}`));
      const live = ({ rows }: Model, tuple: number) =>
        [...rows].find(([, row]) => row.state === 'ACTIVE' && row.scope === tuples[tuple]?.scope);
      const compare = (model: Model) => {
        for (const [at, tuple] of tuples.entries()) assert.deepEqual(tokens.findActive(tuple), live(model, at)?.[1]);
        for (const [value, row] of model.rows) {
          assert.deepEqual(tokens.activeByValue(value), row.state === 'ACTIVE' ? row : undefined);
          assert.deepEqual(tokens.byValue(value), row);
          assert.deepEqual(tokens.byId(row.id), row);
          assert.equal(tokens.reveal(row.id), value);
        }
      };
      const retire = (model: Model, tuple: number, state: 'EXPIRED' | 'REVOKED') => {
        const [value, row] = live(model, tuple) ?? [];
        if (value === undefined || row === undefined) return;
        const retired = retirement(row.id, state);
        tokens.retire([retired]);
        model.rows.set(value, { ...row, state, stateId: retired.stateId });
      };
      const act = (model: Model, { tuple, does }: { tuple: number; does: string }) => {
        const [value, row] = live(model, tuple) ?? [];
        const of = tuples[tuple];
        if (does === 'issue' && of !== undefined) {
          retire(model, tuple, 'EXPIRED');
          const issued = tokens.insert(newToken(of));
          model.rows.set(issued.accessToken, issued.row);
        } else if (does === 'setExpiry' && value !== undefined && row !== undefined) {
          const validityMs = row.validityMs + 1;
          tokens.setValidity(row.id, validityMs, endSet());
          model.rows.set(value, { ...row, validityMs });
        } else {
          retire(model, tuple, does === 'expire' ? 'EXPIRED' : 'REVOKED');
        }
      };

      let kept: Model = { rows: new Map() };
      for (const { works, dropsCaches } of turns) {
        const before = kept;
        let model: Model = { rows: new Map(before.rows) };
        const results = await Promise.allSettled(
          works.map(({ steps, ends }) =>
            commit.submit(() => {
              const mine: Model = { rows: new Map(model.rows) };
              for (const each of steps) {
                act(mine, each);
                if (each.looksBetween) compare(mine);
              }
              if (ends === 'failing') throw new Error('no');
              if (ends === 'losing the batch') db.exec('ROLLBACK');
              model = mine;
            }),
          ),
        );
        const lost = works.some(({ ends }) => ends === 'losing the batch');
        assert.deepEqual(
          results.map(({ status }) => status),
          works.map(({ ends }) => (lost || ends === 'failing' ? 'rejected' : 'fulfilled')),
        );
        kept = lost ? before : model;
        if (dropsCaches) dropCaches();
        compare(kept);
      }
    }),
    { numRuns: 100 },
  );
  assert.deepEqual(db.pragma('integrity_check'), [{ integrity_check: 'ok' }]);
});
