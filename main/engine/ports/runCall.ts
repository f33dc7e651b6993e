import type { Watch } from '../../../preload/contract/define.ts';
import type { SnippetModel } from './snippet.ts';

/** The reply to a call, as it arrived. */
export interface CallReply {
  readonly status: number;
  readonly statusText: string;
  /** In the order and spelling of the wire. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** The start of the body; undefined for binary data. */
  readonly body: string | undefined;
  /** Of the part that was read. */
  readonly bodyBytes: number;
  readonly truncated: boolean;
  readonly durationMs: number;
}

/**
 * Makes a call as its curl command would, but to this machine only. Rejects with `call_failed`, which says what to do,
 * and with `cancelled`.
 */
export type RunCall = (model: SnippetModel, watch: Pick<Watch, 'whenCancelled'>) => Promise<CallReply>;
