import type { Tone } from './tone.ts';

/** The state of a subscription in the store. */
export type SubscriptionState = 'UNBLOCKED' | 'PROD_ONLY_BLOCKED' | 'BLOCKED' | 'ON_HOLD' | 'REJECTED';

interface SubscriptionWords {
  readonly label: string;
  readonly tone: Tone;
  /** The effect on requests. */
  readonly meaning: string;
}

/** The states of a subscription for people. */
export const subscriptionStates: Readonly<Record<SubscriptionState, SubscriptionWords>> = {
  UNBLOCKED: { label: 'Active', tone: 'good', meaning: 'Requests pass.' },
  PROD_ONLY_BLOCKED: {
    label: 'Production blocked',
    tone: 'warn',
    meaning: 'Production tokens get 401 and code 900907. Sandbox tokens pass.',
  },
  BLOCKED: { label: 'Blocked', tone: 'danger', meaning: 'All tokens get 401 and code 900907.' },
  ON_HOLD: { label: 'On hold', tone: 'warn', meaning: 'Waits for approval: tokens get 401 and code 900909.' },
  REJECTED: { label: 'Rejected', tone: 'danger', meaning: 'Approval was refused: tokens get 401 and code 900909.' },
};
