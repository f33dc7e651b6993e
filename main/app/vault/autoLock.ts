import type { Settings } from '../../../preload/contract/settings/settings.ts';
import type { AutoLock, VaultControl } from '../../engine/ports/vault.ts';
import { type ScreenLockWatch, watchScreenLock } from '../../platform/machine/screenLock.ts';
import type { EventBus } from '../events.ts';

export interface AutoLockParts {
  readonly vault: Pick<VaultControl, 'status' | 'lock'>;
  readonly settings: () => Settings;
  readonly events: Pick<EventBus, 'on' | 'emit'>;
  /** Wall-clock time. It advances while the machine sleeps, unlike timers. */
  readonly realTimeMs: () => number;
  readonly onError: (error: unknown) => void;
}

export interface RunningAutoLock extends AutoLock {
  /** The screen was locked, or the machine is about to sleep. */
  screenLocked(): void;
  stop(): Promise<void>;
}

const checkEveryMs = 5000;

/**
 * Locks the vault when no window was used for `lockAfterIdleMinutes`, and when the screen is locked. It starts with the first use of a
 * window, so a server without one never locks automatically. Requests to the endpoint count as use, because a lock would stop the tests that
 * send them.
 */
export function createAutoLock({ vault, settings, events, realTimeMs, onError }: AutoLockParts): RunningAutoLock {
  let usedAtMs: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let watching: Promise<ScreenLockWatch> | undefined;
  let noticed = false;

  const lock = () => {
    if (vault.status().state === 'unlocked') vault.lock().catch(onError);
  };
  /** Also called before each use. Otherwise the touch that wakes a machine would hide the idle time before it. */
  const check = () => {
    if (usedAtMs === undefined) return;
    const idleMs = realTimeMs() - usedAtMs;
    const { lockAfterIdleMinutes } = settings();
    if (lockAfterIdleMinutes !== null && idleMs >= lockAfterIdleMinutes * 60_000) lock();
    // The clock was set back.
    if (idleMs < 0) usedAtMs = realTimeMs();
  };
  const used = () => {
    check();
    usedAtMs = realTimeMs();
  };
  const screenLocked = () => {
    if (usedAtMs !== undefined && settings().lockWithScreen) lock();
  };
  const begin = () => {
    timer = setInterval(check, checkEveryMs).unref();
    events.on('requests.added', used);
    // Unlocking counts as use, also from another client.
    events.on('vault.changed', used);
    watching = watchScreenLock(process.env, process.platform, screenLocked).then((watch) => {
      if (watch.noticed) {
        noticed = true;
        events.emit('vault.changed', vault.status());
      }
      return watch;
    });
  };

  return {
    windowUsed() {
      if (usedAtMs === undefined) begin();
      used();
    },
    noticesScreenLock: () => noticed,
    screenLocked,
    async stop() {
      clearInterval(timer);
      (await watching)?.stop();
    },
  };
}
