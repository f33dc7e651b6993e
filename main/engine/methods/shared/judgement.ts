import type { Finding } from '../../../../preload/contract/doctor.ts';

/** A finding of the doctor, before the name of its check. */
export type Judgement = Omit<Finding, 'check'>;

export const ok = (found: string): Judgement => ({ state: 'ok', found, todo: '' });
export const warning = (found: string, todo: string): Judgement => ({ state: 'warning', found, todo });
export const problem = (found: string, todo: string): Judgement => ({ state: 'problem', found, todo });
