import { z } from 'zod';
import { job } from './define.ts';

export const finding = z.strictObject({
  /** The name of the check. */
  check: z.string(),
  state: z.enum(['ok', 'warning', 'problem']),
  found: z.string(),
  /** What to do; empty when all is well. */
  todo: z.string(),
});
export type Finding = z.output<typeof finding>;

export const doctor = {
  run: job(
    'Check vault, database, ports, certificates, backends, clock and disk; the output is safe to paste',
    z.strictObject({}),
    z.strictObject({ items: z.array(finding) }),
    { whileLocked: true },
  ),
};
