import { generateKeySync, type KeyObject } from 'node:crypto';
import { fileDamaged } from './errors.ts';
import { newRecovery } from './holders/recovery.ts';
import type { Rotated } from './sealing/sealer.ts';
import { deriveTokenKeys } from './sealing/tokenKeys.ts';
import { checkOf, deriveBytes, intoKey, type Purpose } from './subkeys.ts';
import type { VaultFile } from './vaultFile.ts';
import { unwrap, type Wrapper, wrap } from './wrap.ts';

const mostKeyIds = 255;

type WrappedByDataKey = Wrapper & Purpose;

type Named = Pick<VaultFile, 'installationId' | 'keyId'>;
type Before = NonNullable<VaultFile['rotation']>['before'];

const wrappingKey = (dataKey: KeyObject, installationId: string, what: WrappedByDataKey): KeyObject =>
  intoKey(deriveBytes(dataKey, installationId, what));

/** Both wraps name the key before, so neither it nor its number can be taken out or changed. */
const contextOf = ({ installationId, keyId }: Named, before: Pick<NonNullable<Before>, 'keyId'> | undefined) => ({
  installationId,
  keyId,
  further: before === undefined ? '' : `before ${before.keyId}`,
});

/** What a vault file keeps of earlier data keys, opened. Throws `sealed_value_damaged`. */
export function rotatedOf(file: VaultFile, dataKey: KeyObject): Rotated {
  if (file.rotation === undefined) return {};
  const { tokenKeys, before } = file.rotation;
  const open = (wrapped: string, what: WrappedByDataKey): KeyObject => {
    const key = unwrap(wrapped, wrappingKey(dataKey, file.installationId, what), contextOf(file, before), what);
    if (key === undefined) throw fileDamaged('vault.json');
    return key;
  };
  return {
    tokenKeys: open(tokenKeys, 'token keys'),
    before: before && { keyId: before.keyId, dataKey: open(before.wrapped, 'key before') },
  };
}

/** The same file without the key before. Throws `sealed_value_damaged`. */
export function withoutBefore(file: VaultFile, dataKey: KeyObject): VaultFile {
  const { tokenKeys } = rotatedOf(file, dataKey);
  if (tokenKeys === undefined) return file;
  const key = wrappingKey(dataKey, file.installationId, 'token keys');
  return { ...file, rotation: { tokenKeys: wrap(tokenKeys, key, contextOf(file, undefined), 'token keys') } };
}

/**
 * A new data key and what `vault.json` will say, but for how it is held. The data key before is wrapped under the new
 * one, never the other way round: who has the old key learns nothing from the new file.
 */
export function newDataKey(file: VaultFile, before: KeyObject) {
  const { installationId } = file;
  const dataKey = generateKeySync('aes', { length: 256 });
  const keyId = (file.keyId % mostKeyIds) + 1;
  const { recoveryKey, recovery } = newRecovery(dataKey, { installationId, keyId });
  const { tokenKeys = deriveTokenKeys(before, installationId) } = rotatedOf(file, before);
  const context = contextOf({ installationId, keyId }, file);
  const wrapped = (key: KeyObject, what: WrappedByDataKey) =>
    wrap(key, wrappingKey(dataKey, installationId, what), context, what);
  const next: Omit<VaultFile, 'held'> = {
    version: 3,
    installationId,
    keyId,
    check: checkOf(dataKey, installationId),
    recovery,
    rotation: {
      tokenKeys: wrapped(tokenKeys, 'token keys'),
      before: { keyId: file.keyId, wrapped: wrapped(before, 'key before') },
    },
  };
  return { dataKey, recoveryKey, next };
}
