import { styleText } from 'node:util';
import type { Progress } from '../../../preload/contract/define.ts';

/** Quick calls show nothing. */
const delayMs = 1000;
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
  /** Draws nothing during `work`, which may prompt on the terminal. */
  pausedFor(work: () => Promise<void>): Promise<void>;
  /** Clears the drawn line. */
  stop(): void;
}

/** Shows running work on a terminal's stderr: a spinner, then a bar from the first progress report on. */
export function createProgressDisplay(): ProgressDisplay {
  let last: Progress | undefined;
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    const text = last === undefined ? (frames[drawn % frames.length] ?? '') : bar(last);
    drawn += 1;
    process.stderr.write(`${clearLine}${styleText('cyan', text, { stream: process.stderr })}`);
    timer = setTimeout(draw, frameMs);
  };
  const start = () => {
    if (process.stderr.isTTY) timer = setTimeout(draw, delayMs);
  };
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    if (drawn > 0) process.stderr.write(clearLine);
    drawn = 0;
  };
  return {
    start,
    update(progress) {
      last = progress;
    },
    async pausedFor(work) {
      const running = timer !== undefined;
      stop();
      await work();
      if (running) start();
    },
    stop,
  };
}
