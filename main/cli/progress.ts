import { styleText } from 'node:util';
import type { Progress } from '../../preload/contract/define.ts';

/** What is quick shows nothing. */
const patienceMs = 1000;
const frameMs = 100;
const barWidth = 30;
const clearLine = '\r\u001B[K';
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** A bar: `[#####-----] 150 of 300`. */
export function bar({ done, total }: Progress): string {
  const filled = total > 0 ? Math.round((Math.min(done, total) / total) * barWidth) : 0;
  return `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}] ${done} of ${total}`;
}

export interface ProgressDisplay {
  start(): void;
  update(progress: Progress): void;
  /** Clears what it drew. */
  stop(): void;
}

/** On a terminal, shows on stderr that work goes on: a spinner, or a bar once there is progress to tell. */
export function showProgress(): ProgressDisplay {
  let last: Progress | undefined;
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    const text = last === undefined ? (frames[drawn % frames.length] ?? '') : bar(last);
    drawn += 1;
    process.stderr.write(`${clearLine}${styleText('cyan', text, { stream: process.stderr })}`);
    timer = setTimeout(draw, frameMs);
  };
  return {
    start() {
      clearTimeout(timer);
      if (process.stderr.isTTY) timer = setTimeout(draw, patienceMs);
    },
    update(progress) {
      last = progress;
    },
    stop() {
      clearTimeout(timer);
      if (drawn > 0) process.stderr.write(clearLine);
      drawn = 0;
    },
  };
}
