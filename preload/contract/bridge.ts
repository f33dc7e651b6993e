import type { Progress } from './define.ts';
import type { EventName, Events } from './events.ts';
import type { Call, Reply } from './wire.ts';

/** The two channels between a page and the program that shows it: calls of the page, and messages of the program. */
export const channels = { call: 'keyfob:call', news: 'keyfob:news' } as const;

/** A message of a page: a call with the page's own number, or the cancellation of that call. */
export type PageMessage = (Call & { readonly number: number }) | { readonly number: number; readonly cancel: true };

/** The content of the program's messages, by kind. */
export interface News {
  readonly event: { [N in EventName]: { readonly name: N; readonly data: Events[N] } }[EventName];
  /** The progress of the call with that number. */
  readonly progress: { readonly number: number; readonly progress: Progress };
  /** The user chose this in the native menu. */
  readonly chosen: { readonly id: string };
}
export type NewsKind = keyof News;

/** A message of the program. */
export type HostMessage = { readonly [K in NewsKind]: { readonly kind: K; readonly news: News[K] } }[NewsKind];

/** The object that the preload exposes in the page as {@link bridgeName}. It passes messages and knows no method or event. */
export interface Bridge {
  /** Calls a method. An error of the method is a reply, not a rejection. The number is for progress and {@link cancel}. */
  call(method: string, input: unknown, number: number): Promise<Reply>;
  cancel(number: number): void;
  /** Listens to messages of one kind. Returns a function that stops it. */
  on<K extends NewsKind>(kind: K, listener: (news: News[K]) => void): () => void;
}

export const bridgeName = 'keyfob';
