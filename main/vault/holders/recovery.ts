import { createHmac, type KeyObject } from 'node:crypto';
import type { VaultStatus } from '../../../preload/contract/vault.ts';
import { deriveBytes, intoKey } from '../subkeys.ts';
import type { VaultFile } from '../vaultFile.ts';
import { unwrap, wrap } from '../wrap.ts';
import {
  createRecoverySymbols,
  formatRecoveryKey,
  lastGroupOf,
  type RecoverySymbols,
  readLastGroup,
} from './recoveryKey.ts';

/** A recovery key has enough entropy for HKDF alone. */
const wrappingKey = (symbols: RecoverySymbols, installationId: string): KeyObject =>
  intoKey(deriveBytes(intoKey(Buffer.from(symbols)), installationId, 'recovery key'));

const groupDigest = (dataKey: KeyObject, installationId: string, group: string): string =>
  createHmac('sha256', intoKey(deriveBytes(dataKey, installationId, 'recovery group')))
    .update(group)
    .digest('base64url');

/** Creates a recovery key. Gives it as people see it, and its entry in `vault.json`. */
export function newRecovery(dataKey: KeyObject, named: Pick<VaultFile, 'installationId' | 'keyId'>) {
  const { installationId, keyId } = named;
  const symbols = createRecoverySymbols();
  const recovery: VaultFile['recovery'] = {
    wrapped: wrap(dataKey, wrappingKey(symbols, installationId), { installationId, keyId }, 'recovery'),
    lastGroup: groupDigest(dataKey, installationId, lastGroupOf(symbols)),
    confirmed: false,
  };
  return { recoveryKey: formatRecoveryKey(symbols), recovery };
}

/** The data key; undefined if the recovery key is wrong. */
export const recoverDataKey = (file: VaultFile, symbols: RecoverySymbols): KeyObject | undefined =>
  unwrap(file.recovery.wrapped, wrappingKey(symbols, file.installationId), file, 'recovery');

/** Whether a person has seen the recovery key, and whether they confirmed that they have a copy. */
export const recoveryStateOf = ({ recovery }: VaultFile): VaultStatus['recoveryKey'] => {
  if (recovery.shown === false) return 'none';
  return recovery.confirmed ? 'confirmed' : 'unconfirmed';
};

/** Whether the typed text is the last group of the recovery key. */
export const isLastGroup = (file: VaultFile, dataKey: KeyObject, typed: string): boolean =>
  groupDigest(dataKey, file.installationId, readLastGroup(typed)) === file.recovery.lastGroup;
