import { useCallback, useState } from 'react';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { KeychainUnlock } from './KeychainUnlock.tsx';
import { PassphraseUnlock } from './PassphraseUnlock.tsx';
import { RecoverVault } from './RecoverVault.tsx';

/** Opens a locked vault by passphrase, keychain or recovery key. */
export const UnlockScreen = () => {
  const mode = useRead('vault.status', {}).value?.mode;
  const [recovering, setRecovering] = useState(false);
  const recover = useCallback(() => setRecovering(true), []);
  if (recovering) return <RecoverVault onBack={() => setRecovering(false)} />;
  return mode === 'keychain' ? <KeychainUnlock onRecover={recover} /> : <PassphraseUnlock onRecover={recover} />;
};
