/** One Ctrl-C may arrive twice: from the terminal, and from a parent that passes it on. */
const sameSignalMs = 500;

/** What was answered is on disk, so a clean end that takes longer is given up. */
const cleanEndMs = 10_000;

/**
 * Calls `ask` at the first signal to stop, for a clean end. Calls `end`, which must end the process, at a later signal or when the
 * clean end takes too long.
 */
export function onStopSignals(ask: () => void, end: () => void): void {
  let firstAt: number | undefined;
  const onSignal = () => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      setTimeout(end, cleanEndMs).unref();
      ask();
    } else if (performance.now() - firstAt > sameSignalMs) end();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, onSignal);
}
