import { generateKeySync, type KeyObject } from 'node:crypto';
import { fileDamaged } from './faults.ts';
import type { VaultFile } from './file.ts';
import { newRecovery } from './recovery.ts';
import type { Rotated } from './seal.ts';
import { checkOf, deriveBytes, intoKey, type Purpose } from './subkeys.ts';
import { deriveTokenKeys } from './tokenKeys.ts';
import { unwrap, type Wrapper, wrap } from './wrap.ts';

const mostKeyIds = 255;

type WrappedByDataKey = Wrapper & Purpose;

const wrappingKey = (dataKey: KeyObject, installationId: string, what: WrappedByDataKey): KeyObject =>
  intoKey(deriveBytes(dataKey, installationId, what));

/** What a vault file keeps of earlier data keys, opened. Throws `sealed_value_damaged`. */
export function rotatedOf({ installationId, rotation }: VaultFile, dataKey: KeyObject): Rotated {
  if (rotation === undefined) return {};
  const open = (wrapped: string, what: WrappedByDataKey): KeyObject => {
    const key = unwrap(wrapped, wrappingKey(dataKey, installationId, what), installationId, what);
    if (key === undefined) throw fileDamaged('vault.json');
    return key;
  };
  const { tokenKeys, before } = rotation;
  return {
    tokenKeys: open(tokenKeys, 'token keys'),
    before: before && { keyId: before.keyId, dataKey: open(before.wrapped, 'key before') },
  };
}

/**
 * A new data key and what `vault.json` will say, but for how it is held. The data key before is wrapped under the new
 * one, never the other way round: who has the old key learns nothing from the new file.
 */
export function newDataKey(file: VaultFile, before: KeyObject) {
  const { installationId } = file;
  const dataKey = generateKeySync('aes', { length: 256 });
  const { recoveryKey, recovery } = newRecovery(dataKey, installationId);
  const { tokenKeys = deriveTokenKeys(before, installationId) } = rotatedOf(file, before);
  const wrapped = (key: KeyObject, what: WrappedByDataKey) =>
    wrap(key, wrappingKey(dataKey, installationId, what), installationId, what);
  const next: Omit<VaultFile, 'held'> = {
    version: 2,
    installationId,
    keyId: (file.keyId % mostKeyIds) + 1,
    check: checkOf(dataKey, installationId),
    recovery,
    rotation: {
      tokenKeys: wrapped(tokenKeys, 'token keys'),
      before: { keyId: file.keyId, wrapped: wrapped(before, 'key before') },
    },
  };
  return { dataKey, recoveryKey, next };
}
