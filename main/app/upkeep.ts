import type { Settings } from '../../preload/contract/settings.ts';
import type { Engine } from '../engine/engine.ts';
import type { GroupCommit } from '../store/database/commit.ts';
import type { EventBus } from './events.ts';

interface UpkeepParts {
  readonly submit: GroupCommit['submit'];
  readonly engine: Pick<Engine, 'purgeDeletedApplications' | 'purgeRetiredTokens' | 'dropTokenValues'>;
  readonly events: EventBus;
  readonly settings: () => Settings;
  readonly eraseDropped: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** What goes on by itself, in steps, each a transaction of its own, so that no request waits for all of them. */
export interface Upkeep {
  /** The vault was opened: does what is due. */
  begin(): void;
  stop(): void;
}

/** When the undo of a deletion has lapsed for sure, and the rows can go. */
const undoLapsedMs = 8500;
const retiredEveryMs = 3_600_000;

/** Purges deleted applications and retired tokens, and drops values of tokens once only hashes are to be kept. */
export const createUpkeep = ({ submit, engine, events, settings, eraseDropped, onError }: UpkeepParts): Upkeep => {
  let stopped = false;
  let applicationsTimer: NodeJS.Timeout | undefined;
  let retiredTimer: NodeJS.Timeout | undefined;
  let persistence: Settings['tokenPersistence'] | undefined;

  const toTheEnd = async (step: () => boolean): Promise<void> => {
    while (!stopped && !(await submit(step)));
  };
  const purgeApplications = () => toTheEnd(engine.purgeDeletedApplications).catch(onError);
  const purgeApplicationsLater = () => {
    clearTimeout(applicationsTimer);
    applicationsTimer = setTimeout(purgeApplications, undoLapsedMs).unref();
  };

  const purgeRetired = () => {
    retiredTimer = setTimeout(purgeRetired, retiredEveryMs).unref();
    const steps = engine.purgeRetiredTokens();
    toTheEnd(() => steps.next().done === true).catch(onError);
  };

  const dropValues = async () => {
    if (settings().tokenPersistence === persistence) return;
    persistence = settings().tokenPersistence;
    if (persistence !== 'hashed') return;
    await toTheEnd(engine.dropTokenValues);
    if (!stopped) await eraseDropped();
  };

  events.on('applications.changed', purgeApplicationsLater);
  events.on('settings.changed', () => void dropValues().catch(onError));

  return {
    begin() {
      void purgeApplications();
      // For what was deleted just before the last end.
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
