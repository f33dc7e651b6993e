import type { Tone } from './tone.ts';

/** The state of a token's row in the store. */
export type RowState = 'ACTIVE' | 'INACTIVE' | 'EXPIRED' | 'REVOKED';

/** A token's state for people. */
export interface TokenState {
  readonly word: 'Active' | 'Inactive' | 'Expired' | 'Revoked';
  readonly tone: Tone;
  /** The row's state, for a tooltip. */
  readonly detail: string;
}

const words = {
  ACTIVE: { word: 'Active', tone: 'good' },
  INACTIVE: { word: 'Inactive', tone: 'neutral' },
  EXPIRED: { word: 'Expired', tone: 'warn' },
  REVOKED: { word: 'Revoked', tone: 'danger' },
} as const;

/**
 * The one place that chooses the shown word. An expired token's row stays ACTIVE until the next request for it
 * (`overdue`).
 */
export const tokenState = (row: RowState, overdue = false): TokenState =>
  row === 'ACTIVE' && overdue
    ? { ...words.EXPIRED, detail: 'Row state: ACTIVE, until the next request for it' }
    : { ...words[row], detail: `Row state: ${row}` };
