import type { Progress } from './define.ts';
import type { EventName, Events } from './events.ts';
import type { Call, Reply } from './wire.ts';

/** The two channels between a page and the program that shows it: one for calls, one for what it tells by itself. */
export const channels = { call: 'keyfob:call', news: 'keyfob:news' } as const;

/** What a page sends: a call under a number of its own, or that it no longer wants the call of that number. */
export type Sent = (Call & { readonly number: number }) | { readonly number: number; readonly cancel: true };

/** What the program tells by itself, by kind. */
export interface News {
  readonly event: { [N in EventName]: { readonly name: N; readonly data: Events[N] } }[EventName];
  /** How far the call of that number is. */
  readonly progress: { readonly number: number; readonly progress: Progress };
  /** Somebody chose this in the native menu. */
  readonly chosen: { readonly id: string };
}
export type NewsKind = keyof News;

/** As it goes over its channel. */
export type Told = { readonly [K in NewsKind]: { readonly kind: K; readonly news: News[K] } }[NewsKind];

/** What the preload puts into the page under {@link bridgeName}. It passes on, and knows no method and no event. */
export interface Bridge {
  /** Calls a method; never rejects for what the method says. The number is the page's own, for progress and {@link cancel}. */
  call(method: string, input: unknown, number: number): Promise<Reply>;
  cancel(number: number): void;
  /** Hears news of one kind from now on; returns how to stop. */
  on<K extends NewsKind>(kind: K, listener: (news: News[K]) => void): () => void;
}

export const bridgeName = 'keyfob';
