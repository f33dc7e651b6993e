import { createContext, type ReactNode, useContext, useState } from 'react';
import { countOf } from '../../ui/count.ts';
import { RevokeForm } from './RevokeForm.tsx';
import type { RevokeTarget } from './revocation.ts';

const AskRevoke = createContext<(target: RevokeTarget) => void>(() => undefined);

/** Asks, in a dialog, whether to revoke a target. The same function all the time. */
export const useAskRevoke = (): ((target: RevokeTarget) => void) => useContext(AskRevoke);

function titleOf(target: RevokeTarget): string {
  if (target.kind === 'all') return `Revoke all live tokens of ${target.of}?`;
  const [only] = target.ids;
  return target.ids.length === 1 ? `Revoke token ${only}?` : `Revoke ${countOf(target.ids.length, 'token')}?`;
}

/** Holds the dialog for all below it, so that a row that goes does not take it along. */
export const RevokeProvider = ({ children }: { readonly children: ReactNode }) => {
  const [target, setTarget] = useState<RevokeTarget>();
  return (
    <AskRevoke value={setTarget}>
      {children}
      {target !== undefined && (
        <RevokeForm title={titleOf(target)} target={target} onClose={() => setTarget(undefined)} />
      )}
    </AskRevoke>
  );
};
