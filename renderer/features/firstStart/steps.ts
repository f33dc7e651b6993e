import type { FirstStartStep } from '../../../preload/contract/preferences.ts';

/** The titles of the three steps. */
export const stepTitles = ['Protect secrets', 'Start the endpoint', 'First application'];

/** Number of completed steps. */
export const doneAt: Readonly<Record<FirstStartStep, number>> = {
  protect: 0,
  serve: 1,
  application: 2,
  ready: 3,
  done: 3,
};
