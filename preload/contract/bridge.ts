import type { Progress } from './define.ts';
import type { EventName, Events } from './events.ts';
import type { Call, Reply } from './wire.ts';

/** The two channels between a page and the program that shows it: one for calls, one for messages to the page. */
export const channels = { call: 'keyfob:call', news: 'keyfob:news' } as const;

/** A page's message: a numbered call, or the cancellation of one. */
export type PageMessage = (Call & { readonly number: number }) | { readonly number: number; readonly cancel: true };

/** The program's messages to the page, by kind. */
export interface News {
  readonly event: { [N in EventName]: { readonly name: N; readonly data: Events[N] } }[EventName];
  /** Progress of a numbered call. */
  readonly progress: { readonly number: number; readonly progress: Progress };
  /** An action chosen in the native menu. */
  readonly chosen: { readonly id: string };
}
export type NewsKind = keyof News;

/** A message on its channel. */
export type HostMessage = { readonly [K in NewsKind]: { readonly kind: K; readonly news: News[K] } }[NewsKind];

/**
 * The object that the preload exposes as {@link bridgeName}. It forwards messages, and knows no method and no event.
 */
export interface Bridge {
  /**
   * Calls a method. A method's error is a reply, not a rejection. The page chooses the number, for progress and {@link
   * cancel}.
   */
  call(method: string, input: unknown, number: number): Promise<Reply>;
  cancel(number: number): void;
  /** Listens to messages of one kind; returns a function that stops. */
  on<K extends NewsKind>(kind: K, listener: (news: News[K]) => void): () => void;
}

export const bridgeName = 'keyfob';
