import { createContext, type ReactNode, useContext, useState } from 'react';
import { countOf } from '../../../ui/facts/count.ts';
import { RevokeForm } from './RevokeForm.tsx';
import type { RevokeTarget } from './revocation.ts';

const AskRevoke = createContext<(target: RevokeTarget) => void>(() => undefined);

/** Opens the dialog that confirms revoking a target. The function stays the same. */
export const useAskRevoke = (): ((target: RevokeTarget) => void) => useContext(AskRevoke);

function titleOf(target: RevokeTarget): string {
  if (target.kind === 'all') return `Revoke all active tokens of ${target.of}?`;
  const [only] = target.ids;
  return target.ids.length === 1 ? `Revoke token ${only}?` : `Revoke ${countOf(target.ids.length, 'token')}?`;
}

/** Holds the dialog outside of the rows, so that a removed row can't close it. */
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
