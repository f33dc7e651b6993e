import type { Handlers } from '../../preload/contract/index.ts';
import type { Ports } from './ports.ts';

export const vaultHandlers = ({ vault, autoLock }: Pick<Ports, 'vault' | 'autoLock'>): Handlers['vault'] => ({
  status: () => vault.status(),
  keychain: () => vault.keychain(),
  create: async ({ mode, passphrase }) => {
    const { recoveryKey } = await vault.create(mode, passphrase);
    return { ...vault.status(), recoveryKey };
  },
  unlock: async ({ passphrase }) => {
    await vault.unlock(passphrase);
    return vault.status();
  },
  recover: async ({ recoveryKey, mode, passphrase }) => {
    await vault.recover(recoveryKey, mode, passphrase);
    return vault.status();
  },
  lock: async () => {
    await vault.lock();
    return vault.status();
  },
  windowUsed: async () => {
    autoLock.windowUsed();
    return {};
  },
  autoLock: () => ({ noticesScreenLock: autoLock.noticesScreenLock() }),
  changePassphrase: async ({ passphrase, newPassphrase }) => {
    await vault.changePassphrase(passphrase, newPassphrase);
    return vault.status();
  },
  changeMode: async ({ mode, passphrase }) => {
    await vault.changeMode(mode, passphrase);
    return vault.status();
  },
  rotateDataKey: async ({ passphrase }) => {
    const recoveryKey = await vault.rotateDataKey(passphrase);
    return { ...vault.status(), recoveryKey };
  },
  newRecoveryKey: async () => ({ recoveryKey: await vault.newRecoveryKey() }),
  confirmRecoveryKey: async ({ lastGroup }) => {
    await vault.confirmRecoveryKey(lastGroup);
    return vault.status();
  },
});
