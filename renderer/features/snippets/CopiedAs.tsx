import { type ReactNode, useCallback } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import { ClipboardContext, type WriteClipboard } from '../../ui/clipboard.ts';

interface CopiedAsProps {
  /** What the news call it when a secret was copied. */
  readonly what: string;
  readonly children: ReactNode;
}

/** Names what the copy buttons within copy. */
export const CopiedAs = ({ what, children }: CopiedAsProps) => {
  const put = useKeyfobState((state) => state.clipboard.put);
  const write = useCallback<WriteClipboard>((text, secret) => put(what, text, secret), [put, what]);
  return <ClipboardContext value={write}>{children}</ClipboardContext>;
};
