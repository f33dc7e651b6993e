import type { SigningKey } from '../gateway/assertion/signingKey.ts';
import { createSigningCertificate } from '../platform/certificate.ts';
import type { SigningKeys } from '../store/signingKeys.ts';

export interface SigningKeyParts {
  readonly signingKeys: SigningKeys;
  readonly submit: <T>(work: () => T) => Promise<T>;
  readonly realTimeMs: () => number;
}

/** Gives the key that signs JWTs for backends. The first call creates it; rejects while vault or store cannot work. */
export const createSigningKeyKeeper = ({ signingKeys, submit, realTimeMs }: SigningKeyParts) => {
  let creating: Promise<SigningKey> | undefined;

  const create = async (): Promise<SigningKey> => {
    const { certificatePem, privateKeyPem } = await createSigningCertificate(realTimeMs());
    await submit(() => signingKeys.insert(certificatePem, privateKeyPem));
    return { certificatePem, privateKeyPem };
  };

  return async (): Promise<SigningKey> => {
    const row = signingKeys.newest();
    if (row !== undefined) {
      return { certificatePem: row.certificate, privateKeyPem: signingKeys.revealPrivateKey(row.id) };
    }
    creating ??= create().finally(() => {
      creating = undefined;
    });
    return await creating;
  };
};
