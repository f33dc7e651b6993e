/** One Ctrl-C may arrive twice: from the terminal, and from a parent process that forwards it. */
const sameSignalMs = 500;

/** Time for a clean end. After that the process may be ended, as all answered changes are on disk. */
const cleanEndMs = 10_000;

/**
 * Calls `stop` at the first signal, for a clean end. Calls `end`, which must end the process, at a later signal or when the clean end takes
 * too long.
 */
export function onStopSignals(stop: () => void, end: () => void): void {
  let firstAt: number | undefined;
  const onSignal = () => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      setTimeout(end, cleanEndMs).unref();
      stop();
    } else if (performance.now() - firstAt > sameSignalMs) end();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, onSignal);
}
