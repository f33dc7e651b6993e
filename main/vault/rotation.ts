import { generateKeySync, type KeyObject } from 'node:crypto';
import { fileDamaged } from './errors.ts';
import { newRecovery } from './holders/recovery.ts';
import type { RotatedKeys } from './sealing/sealer.ts';
import { deriveTokenKeys } from './sealing/tokenKeys.ts';
import { checkOf, deriveBytes, intoKey, type KeyPurpose } from './subkeys.ts';
import type { VaultFile } from './vaultFile.ts';
import { unwrap, type WrapPurpose, wrap } from './wrap.ts';

const mostKeyIds = 255;

type WrappedByDataKey = WrapPurpose & KeyPurpose;

type Named = Pick<VaultFile, 'installationId' | 'keyId'>;
type Previous = NonNullable<VaultFile['rotation']>['before'];

const wrappingKey = (dataKey: KeyObject, installationId: string, what: WrappedByDataKey): KeyObject =>
  intoKey(deriveBytes(dataKey, installationId, what));

/** Both wraps name the previous key's number, so neither the key nor the number can be removed or changed. */
const contextOf = ({ installationId, keyId }: Named, previous: Pick<NonNullable<Previous>, 'keyId'> | undefined) => ({
  installationId,
  keyId,
  further: previous === undefined ? '' : `before ${previous.keyId}`,
});

/** Unwraps the token keys and the previous data key in a vault file. Throws `sealed_value_damaged`. */
export function openRotated(file: VaultFile, dataKey: KeyObject): RotatedKeys {
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

/** The same file without the previous data key. Throws `sealed_value_damaged`. */
export function withoutPreviousKey(file: VaultFile, dataKey: KeyObject): VaultFile {
  const { tokenKeys } = openRotated(file, dataKey);
  if (tokenKeys === undefined) return file;
  const key = wrappingKey(dataKey, file.installationId, 'token keys');
  return { ...file, rotation: { tokenKeys: wrap(tokenKeys, key, contextOf(file, undefined), 'token keys') } };
}

/**
 * Creates a new data key, and the next `vault.json` without `held`. The previous data key is wrapped under the new one, never the other
 * way round. So the old key opens nothing in the new file.
 */
export function newDataKey(file: VaultFile, previous: KeyObject) {
  const { installationId } = file;
  const dataKey = generateKeySync('aes', { length: 256 });
  const keyId = (file.keyId % mostKeyIds) + 1;
  const { recoveryKey, recovery } = newRecovery(dataKey, { installationId, keyId });
  const { tokenKeys = deriveTokenKeys(previous, installationId) } = openRotated(file, previous);
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
      before: { keyId: file.keyId, wrapped: wrapped(previous, 'key before') },
    },
  };
  return { dataKey, recoveryKey, next };
}
