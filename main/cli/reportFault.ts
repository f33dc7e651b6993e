/** Tells where an unforeseen fault came from. Not its message, which may quote what it failed on. */
export function reportFault(error: unknown): void {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line)) : [];
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? ` ${error.code}` : '';
  process.stderr.write(`Unforeseen ${name}${code}\n${frames.join('\n')}\n`);
}
