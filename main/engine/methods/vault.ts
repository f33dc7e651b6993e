import type { Handlers } from '../../../preload/contract/index.ts';
import type { Ports } from '../ports/ports.ts';

export const vaultHandlers = ({ vault, autoLock }: Pick<Ports, 'vault' | 'autoLock'>): Handlers['vault'] => ({
  status: () => vault.status(),
  keychain: () => vault.keychain(),
  create: async ({ mode, passphrase, unattended }) => {
    if (unattended) {
      await vault.createWithoutRecoveryKey(mode, passphrase);
      return { ...vault.status(), recoveryKey: '' };
    }
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
  changeMode: async ({ mode, newPassphrase, ...proof }) => {
    await vault.changeMode(mode, newPassphrase, proof);
    return vault.status();
  },
  rotateDataKey: async (proof) => {
    const recoveryKey = await vault.rotateDataKey(proof);
    return { ...vault.status(), recoveryKey };
  },
  newRecoveryKey: async (proof) => ({ recoveryKey: await vault.newRecoveryKey(proof) }),
  confirmRecoveryKey: async ({ lastGroup }) => {
    await vault.confirmRecoveryKey(lastGroup);
    return vault.status();
  },
});
