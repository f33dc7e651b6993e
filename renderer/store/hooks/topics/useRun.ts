import { useCallback, useState } from 'react';
import type { InputOf } from '../../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { RanCall } from '../../../../preload/contract/snippets.ts';
import { type Keyfob, useKeyfob } from '../../context.ts';
import type { RunnableInput } from '../../topics/snippets.ts';
import { useCall } from '../calls/useCall.ts';
import { tokenValues } from './tokenValues.ts';

type RunInput = InputOf<MethodOf<'snippets.run'>>;

/** A reply with dots for its secrets. */
export type ShownReply = Omit<RanCall, 'shownOnce'>;

/** Runs of a shown call, and the reply of the last one. */
export interface Run {
  /** Runs the call of a command. `tokenId` is the token that the command uses. */
  start(input: RunnableInput, tokenId: number | undefined): void;
  stop(): void;
  /** Drops the reply, and stops a running call. */
  forget(): void;
  readonly running: boolean;
  readonly reply: ShownReply | undefined;
  readonly error: KeyfobError | undefined;
  /** The body with its token values. Absent where the body holds none that can be read. */
  readonly fetchBody: (() => Promise<string>) | undefined;
}

/** The input of a run: a value that only this window still has is sent along. */
function runInput({ store }: Keyfob, input: RunnableInput, tokenId: number | undefined): RunInput {
  const { shell: _, secrets: __, client: ___, ...call } = input;
  const held = tokenId === undefined ? undefined : store.getState().shownOnce.valuesOf(tokenId);
  const token = call.call === 'refresh' ? held?.refreshToken : held?.accessToken;
  return token === undefined ? call : { ...call, token };
}

const member = (name: string) => new RegExp(`("${name}"\\s*:\\s*")[^"]*`, 'g');

/** Runs calls one at a time. The reply is dropped with the component. */
export function useRun(): Run {
  const keyfob = useKeyfob();
  const { run, pending, error, cancel, reset } = useCall('snippets.run');
  const [reply, setReply] = useState<ShownReply>();

  const start = useCallback(
    (input: RunnableInput, tokenId: number | undefined) => {
      setReply(undefined);
      void run(runInput(keyfob, input, tokenId)).then((ran) => {
        if (ran === undefined) return;
        const { shownOnce: _, ...shown } = ran;
        setReply(shown);
      });
    },
    [keyfob, run],
  );
  const forget = useCallback(() => {
    cancel();
    setReply(undefined);
    reset();
  }, [cancel, reset]);

  const { tokenId, body } = reply ?? {};
  const fetchBody =
    tokenId === undefined || body === undefined
      ? undefined
      : async () => {
          const { accessToken, refreshToken = '' } = await tokenValues(keyfob, tokenId);
          // A function, because a replacement text would give $ a meaning.
          return body
            .replace(member('access_token'), (_, before: string) => before + accessToken)
            .replace(member('refresh_token'), (_, before: string) => before + refreshToken);
        };
  return { start, stop: cancel, forget, running: pending, reply, error, fetchBody };
}
