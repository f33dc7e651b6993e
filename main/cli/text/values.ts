import { duration, exactDuration } from '../../../preload/contract/durations.ts';
import { visible } from '../../system/visible.ts';

/** The two clocks of Keyfob. */
export interface Now {
  readonly realMs: number;
  /** Real time plus the clock offset. Lifetimes follow it. */
  readonly tokenMs: number;
}

const two = (number: number) => String(number).padStart(2, '0');

/** `14:03:59` in local time. */
export function timeOfDay(date: Date): string {
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** The distance to a point in time, without seconds from one minute on: `in 59 min`, `2 d 3 h ago`. */
export function away(atMs: number, nowMs: number): string {
  const seconds = Math.round((atMs - nowMs) / 1000);
  const length = Math.abs(seconds);
  const text = duration(length < 60 ? length : length - (length % 60));
  if (seconds === 0) return 'now';
  return seconds > 0 ? `in ${text}` : `${text} ago`;
}

/** A point in local time with its distance: `2026-03-01 14:03:59 (in 5 min)`. */
export function pointInTime(atMs: number, nowMs: number): string {
  const date = new Date(atMs);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const seconds = Math.round((atMs - nowMs) / 1000);
  const away = seconds === 0 ? 'now' : seconds > 0 ? `in ${duration(seconds)}` : `${duration(seconds)} ago`;
  return `${day} ${timeOfDay(date)} (${away})`;
}

/** Lengths of time. Other fields in milliseconds are points in time. */
const lengths = new Set(['durationMs', 'backendMs']);

const tokenTimes = new Set(['issuedAtMs', 'expiresAtMs', 'atMs']);

/** Labels of fields whose names are not plain words. */
const plainWords: Readonly<Record<string, string>> = {
  atMs: 'time',
  bindingRef: 'binding',
  createdAtMs: 'created',
  endsAtMs: 'expires',
  certificateEndsAtMs: 'certificate expires',
  expiresAtMs: 'expires',
  hasPassword: 'password',
  issuedAtMs: 'issued',
  lastReusedAtMs: 'last reused',
  leftOut: 'tokens left out',
  ownsApplications: 'applications',
  processId: 'process',
  reuseCount: 'reuses',
  validitySeconds: 'lifetime',
  what: 'running as',
};

/** The label of a field. The unit is part of the value. */
export const label = (name: string): string =>
  plainWords[name] ??
  name
    .replace(/(?:Ms|Seconds)$/, '')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\burl\b/, 'URL');

function seconds(name: string, value: unknown): string {
  const length = Number(value);
  if (name === 'clockOffsetSeconds') return length === 0 ? 'none' : `${length < 0 ? '-' : '+'}${exactDuration(length)}`;
  return value === null || length < 0 ? 'never' : exactDuration(length);
}

/** A scalar, or a list of scalars, as people read it. `relative` shows times as distances only. */
export function say(name: string, value: unknown, now: Now, relative = false): string {
  if (value === undefined || value === '') return '-';
  if (name.endsWith('Seconds')) return seconds(name, value);
  if (lengths.has(name)) return `${Math.round(Number(value) * 10) / 10} ms`;
  if (name.endsWith('Ms')) {
    const format = relative ? away : pointInTime;
    return value === null ? 'never' : format(Number(value), tokenTimes.has(name) ? now.tokenMs : now.realMs);
  }
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.map((entry) => say('', entry, now)).join(', ');
  return visible(String(value));
}
