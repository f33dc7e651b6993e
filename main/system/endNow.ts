/**
 * Ends the process with this exit code. `process.exit` would wait for the threads of Node's pool, which an unresponsive keychain or disk
 * may block forever. `execve` does not wait.
 */
export function endNow(code: number): never {
  if (process.platform !== 'win32' && process.execve !== undefined) {
    // It is experimental, and would print a warning on stderr.
    process.removeAllListeners('warning');
    process.execve('/bin/sh', ['sh', '-c', `exit ${code}`], {});
  }
  process.exit(code);
}
