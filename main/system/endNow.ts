/**
 * Ends the process with this exit code. `process.exit` would wait for the threads of Node's pool, which a keychain or a disk
 * that does not answer may hold for ever; replacing the program does not.
 */
export function endNow(code: number): never {
  if (process.platform !== 'win32' && process.execve !== undefined) {
    // It is experimental, and would say so on stderr.
    process.removeAllListeners('warning');
    process.execve('/bin/sh', ['sh', '-c', `exit ${code}`], {});
  }
  process.exit(code);
}
