import type { DescribedChange } from '../../../preload/contract/describe.ts';
import type { Ports } from '../ports/ports.ts';
import { applyApplications } from './applications.ts';
import { applyItems } from './items.ts';
import { type Pruning, prune } from './prune.ts';
import type { Description } from './read.ts';
import { at, differing, type Methods, type Run } from './run.ts';
import { applySettings } from './settings.ts';

interface Applied {
  readonly changes: readonly DescribedChange[];
  readonly unchanged: number;
}

/** Writes what differs, in the open transaction. Throws the errors of the methods, with line and column. */
const applyInTransaction = (ports: Ports, methods: Methods, description: Description, pruning: Pruning): Applied => {
  const run: Run = { ports, methods, description, changes: [], unchanged: 0 };
  // Settings decide how names are read, and the lifetimes of new keys.
  at(run, ['settings'], 'settings', () => applySettings(run));
  applyItems(run);
  applyApplications(run);
  prune(run, pruning);
  return { changes: run.changes, unchanged: run.unchanged };
};

/** Thrown to roll a transaction back; carries its outcome. */
class Undo extends Error {
  readonly applied: Applied;
  constructor(applied: Applied) {
    super('A plan is rolled back.');
    this.applied = applied;
  }
}

/** The changes of an apply. The transaction really runs and is rolled back, so a plan also finds each error. */
export const plan = async (
  ports: Ports,
  methods: Methods,
  description: Description,
  pruning: Pruning,
): Promise<Applied> => {
  try {
    return await ports.steps.once(() => {
      throw new Undo(applyInTransaction(ports, methods, description, pruning));
    });
  } catch (error) {
    if (error instanceof Undo) return error.applied;
    throw error;
  }
};

/** Applies a description, all or nothing: one transaction. New names are saved only if the endpoint answers to them. */
export const apply = async (
  ports: Ports,
  methods: Methods,
  description: Description,
  pruning: Pruning,
): Promise<Applied> => {
  const save = () => ports.steps.once(() => applyInTransaction(ports, methods, description, pruning));
  const names = description.file.settings?.extraNames;
  const current = ports.store.settings.read();
  const isRenamed = names !== undefined && 'extraNames' in differing({ extraNames: names }, current);
  return await (isRenamed ? ports.endpoint.rename(names, save) : save());
};
