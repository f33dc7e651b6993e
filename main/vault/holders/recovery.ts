import { createHmac, type KeyObject } from 'node:crypto';
import type { VaultStatus } from '../../../preload/contract/vault.ts';
import { deriveBytes, intoKey } from '../subkeys.ts';
import type { VaultFile } from '../vaultFile.ts';
import { unwrap, wrap } from '../wrap.ts';
import {
  formatRecoveryKey,
  lastGroupOf,
  makeRecoverySymbols,
  type RecoverySymbols,
  readLastGroup,
} from './recoveryKey.ts';

/** A recovery key is random enough for HKDF alone. */
const wrappingKey = (symbols: RecoverySymbols, installationId: string): KeyObject =>
  intoKey(deriveBytes(intoKey(Buffer.from(symbols)), installationId, 'recovery key'));

const groupDigest = (dataKey: KeyObject, installationId: string, group: string): string =>
  createHmac('sha256', intoKey(deriveBytes(dataKey, installationId, 'recovery group')))
    .update(group)
    .digest('base64url');

/** A new recovery key, as people see it, and what `vault.json` keeps of it. */
export function newRecovery(dataKey: KeyObject, named: Pick<VaultFile, 'installationId' | 'keyId'>) {
  const { installationId, keyId } = named;
  const symbols = makeRecoverySymbols();
  const recovery: VaultFile['recovery'] = {
    wrapped: wrap(dataKey, wrappingKey(symbols, installationId), { installationId, keyId }, 'recovery'),
    lastGroup: groupDigest(dataKey, installationId, lastGroupOf(symbols)),
    confirmed: false,
  };
  return { recoveryKey: formatRecoveryKey(symbols), recovery };
}

/** The data key; nothing when the recovery key is another one. */
export const recoverDataKey = (file: VaultFile, symbols: RecoverySymbols): KeyObject | undefined =>
  unwrap(file.recovery.wrapped, wrappingKey(symbols, file.installationId), file, 'recovery');

/** Whether there is a recovery key that somebody was shown, and whether a person confirmed to have a copy of it. */
export const recoveryStateOf = ({ recovery }: VaultFile): VaultStatus['recoveryKey'] => {
  if (recovery.shown === false) return 'none';
  return recovery.confirmed ? 'confirmed' : 'unconfirmed';
};

/** Whether this is the recovery key's last group, as a person typed it. */
export const isLastGroup = (file: VaultFile, dataKey: KeyObject, typed: string): boolean =>
  groupDigest(dataKey, file.installationId, readLastGroup(typed)) === file.recovery.lastGroup;
