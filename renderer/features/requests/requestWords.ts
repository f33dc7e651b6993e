import type { LoggedRequest } from '../../../preload/contract/requests.ts';
import { formatCount } from '../../ui/facts/count.ts';
import type { Tone } from '../../ui/facts/tone.ts';

/** The outcome of a request by its status: 2xx and 3xx, 4xx, or 5xx. */
type Outcome = 'ok' | 'refused' | 'failed';

export const outcomeOf = ({ status }: LoggedRequest): Outcome =>
  status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'ok';

/** An outcome as a word for people, and its colour. */
export const outcomeLooks: Readonly<Record<Outcome, { readonly word: string; readonly tone: Tone }>> = {
  ok: { word: 'answered', tone: 'good' },
  refused: { word: 'refused', tone: 'danger' },
  failed: { word: 'failed', tone: 'warn' },
};

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The time of day of a request, with seconds. */
export const timeOf = ({ atMs }: LoggedRequest): string => clock.format(atMs);

/** Milliseconds for people: "0.4 ms", "1,204 ms", or nothing when unknown. */
export const formatMs = (ms: number | undefined): string =>
  ms === undefined ? '' : `${ms < 10 ? ms : formatCount(Math.round(ms))} ms`;

/** The outcome in sentences, with the true reason where known. */
export const reasonOf = ({ why, errorDescription, error, status }: LoggedRequest): string =>
  why ?? errorDescription ?? error ?? (status < 400 ? 'Answered.' : status < 500 ? 'Refused.' : 'Failed.');

/** The outcome without the client's own error, so that a narrow list starts with the true reason. */
export const shortReasonOf = (request: LoggedRequest): string => {
  const whole = reasonOf(request);
  const said = `Refused with ${request.error}: "${request.errorDescription}"`;
  if (!whole.startsWith(said)) return whole;
  return whole.slice(said.length).replace(/^[.\s]+/, '') || whole;
};
