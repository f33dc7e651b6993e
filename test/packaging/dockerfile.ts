import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The instructions of the Dockerfile's last stage: word and rest, in order. */
export function lastStage(): readonly (readonly [string, string])[] {
  const text = readFileSync(join(resolve(import.meta.dirname, '../..'), 'Dockerfile'), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const start = lines.findLastIndex((line) => line.startsWith('FROM '));
  return lines.slice(start).map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);
}

/** The only instruction with this word. Throws if there is none or another one. */
export function instruction(word: string): string {
  const found = lastStage().filter(([one]) => one === word);
  if (found.length !== 1) throw new Error(`The Dockerfile has ${found.length} instructions ${word}.`);
  return found[0]?.[1] ?? '';
}

/** The words of an instruction in exec form. */
export const wordsOf = (rest: string): readonly string[] => JSON.parse(rest.slice(rest.indexOf('[')));
