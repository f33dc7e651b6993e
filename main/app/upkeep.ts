import type { Settings } from '../../preload/contract/settings/settings.ts';
import type { Engine } from '../engine/engine.ts';
import type { GroupCommit } from '../store/database/commit.ts';
import type { EventBus } from './events.ts';

interface UpkeepParts {
  readonly submit: GroupCommit['submit'];
  readonly engine: Pick<Engine, 'purgeDeletedApplications' | 'purgeRetiredTokens' | 'dropTokenValues'>;
  readonly events: EventBus;
  readonly settings: () => Settings;
  readonly secureDeleteValues: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Background work. Each step is its own transaction, so that no request waits for all of them. */
export interface Upkeep {
  /** Call when the vault was opened: starts the work that is due. */
  begin(): void;
  stop(): void;
}

/** After this time a deletion can no longer be undone, and its rows can be purged. */
const undoLapsedMs = 8500;
const retiredEveryMs = 3_600_000;

/** Purges deleted applications and retired tokens, and deletes token values once `tokenPersistence` is `hashed`. */
export const createUpkeep = ({
  submit,
  engine,
  events,
  settings,
  secureDeleteValues,
  onError,
}: UpkeepParts): Upkeep => {
  let stopped = false;
  let applicationsTimer: NodeJS.Timeout | undefined;
  let retiredTimer: NodeJS.Timeout | undefined;
  let persistence: Settings['tokenPersistence'] | undefined;

  const runAll = async (step: () => boolean): Promise<void> => {
    while (!stopped && !(await submit(step)));
  };
  const purgeApplications = () => runAll(engine.purgeDeletedApplications).catch(onError);
  const purgeApplicationsLater = () => {
    clearTimeout(applicationsTimer);
    applicationsTimer = setTimeout(purgeApplications, undoLapsedMs).unref();
  };

  const purgeRetired = () => {
    retiredTimer = setTimeout(purgeRetired, retiredEveryMs).unref();
    const steps = engine.purgeRetiredTokens();
    runAll(() => steps.next().done === true).catch(onError);
  };

  const dropValues = async () => {
    if (settings().tokenPersistence === persistence) return;
    persistence = settings().tokenPersistence;
    if (persistence !== 'hashed') return;
    await runAll(engine.dropTokenValues);
    if (!stopped) await secureDeleteValues();
  };

  events.on('applications.changed', purgeApplicationsLater);
  events.on('settings.changed', () => void dropValues().catch(onError));

  return {
    begin() {
      void purgeApplications();
      // Applications may have been deleted just before the last exit.
      purgeApplicationsLater();
      if (retiredTimer === undefined) purgeRetired();
      dropValues().catch(onError);
    },
    stop() {
      stopped = true;
      clearTimeout(applicationsTimer);
      clearTimeout(retiredTimer);
    },
  };
};
