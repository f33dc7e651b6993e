import type { Watch } from '../../../preload/contract/define.ts';

/** The verdict about one request at the callback. */
export type CallbackVerdict =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'error'; readonly error: string; readonly description: string }
  /** Not the awaited answer. The receiver tells the browser why, and goes on waiting. */
  | { readonly kind: 'wrong'; readonly why: string };

export type CallbackAnswer = Exclude<CallbackVerdict, { readonly kind: 'wrong' }>;

/** Judges the parameters of a request. None is repeated. */
export type JudgeCallback = (parameters: ReadonlyMap<string, string>) => CallbackVerdict;

/** A callback on this machine that waits for the answer of one sign-in. */
export interface CallbackReceiver {
  /** Where it listens, as the parameter `redirect_uri`. */
  readonly redirectUri: string;
  /**
   * Resolves with the first answer, after the browser got its page. Rejects with `cancelled`, and with `call_failed`
   * after the time limit.
   */
  receive(
    judge: JudgeCallback,
    options: { readonly limitMs: number; readonly watch: Pick<Watch, 'whenCancelled'> },
  ): Promise<CallbackAnswer>;
  /** Stops listening. Must be called in every case. */
  close(): Promise<void>;
}

/**
 * Listens at a callback on this machine (https://www.rfc-editor.org/rfc/rfc8252#section-7.3): `http`, and a host of
 * 127.0.0.1, [::1] or localhost. With `anyPort`, at a free port. Rejects with `port_in_use`.
 */
export type OpenCallbackReceiver = (callback: {
  readonly url: string;
  readonly anyPort: boolean;
}) => Promise<CallbackReceiver>;
