import type { FirstStartStep } from '../../../preload/contract/preferences.ts';

/** What the three steps are called. */
export const stepTitles = ['Protect secrets', 'Start the endpoint', 'First application'];

/** How many of them are done at a step. */
export const doneAt: Readonly<Record<FirstStartStep, number>> = {
  protect: 0,
  serve: 1,
  application: 2,
  ready: 3,
  done: 3,
};
