import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { BackupLine } from '../../preload/contract/backupFile.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { SigningKey } from '../../preload/contract/signingKeys.ts';
import type { SigningAlgorithm } from '../../preload/contract/values.ts';
import type { DecodedJws, Signer, SigningKeyControl } from '../engine/ports/signer.ts';
import { createSigningCertificate } from '../platform/certificates/certificate.ts';
import { headerOf, isKeyPair, type NamedKey, namedKey, readJws, signJws, verifyJws } from '../platform/jws.ts';
import type { GroupCommit } from '../store/database/commit.ts';
import type { SigningKeyRow, SigningKeys } from '../store/signingKeys.ts';

export interface SigningKeyParts {
  readonly signingKeys: SigningKeys;
  readonly commit: Pick<GroupCommit, 'submit' | 'inTransaction' | 'afterCommit'>;
  readonly realTimeMs: () => number;
  readonly tokenTimeMs: () => number;
  readonly onError: (error: unknown) => void;
}

/** A key in memory, ready to sign. */
export interface OpenedKey {
  readonly kid: string;
  readonly certificatePem: string;
  readonly privateKey: KeyObject;
}

/** Creates, seals and opens the signing keys of this installation, and signs with them. */
export interface SigningKeyKeeper extends Signer, SigningKeyControl {
  /** Creates the missing keys. Call it when the vault was opened: signing is synchronous. */
  ensure(): Promise<void>;
  /** The key of an algorithm that signs, to sign what expires then (seconds of token time). Throws `vault_locked`. */
  current(algorithm: SigningAlgorithm, neededUntilSeconds: number): OpenedKey;
  /** Drops the private keys. Call it when the vault was locked. */
  forget(): void;
}

const algorithms: readonly SigningAlgorithm[] = ['ES256', 'RS256'];

const hourSeconds = 3600;

/** Creates the keeper. Nothing is read before the first call. */
export const createSigningKeyKeeper = (parts: SigningKeyParts): SigningKeyKeeper => {
  const { signingKeys, commit, realTimeMs, tokenTimeMs, onError } = parts;
  const opened = new Map<
    SigningAlgorithm,
    OpenedKey & { readonly id: number; readonly named: NamedKey; neededUntilSeconds: number }
  >();

  const open = (algorithm: SigningAlgorithm) => {
    const known = opened.get(algorithm);
    if (known !== undefined) return known;
    const row = signingKeys.current(algorithm);
    if (row === undefined) throw new Error(`There is no ${algorithm} key: the vault was never opened.`);
    const { id, certificate: certificatePem, neededUntilSeconds } = row;
    const privateKey = createPrivateKey(signingKeys.revealPrivateKey(id));
    const named = namedKey(algorithm, certificatePem);
    const key = { id, kid: named.jwk.kid, named, certificatePem, privateKey, neededUntilSeconds };
    opened.set(algorithm, key);
    return key;
  };

  /** Keeps a key published until then. In a transaction, a token and this are on disk together, or neither is. */
  const needUntil = (key: ReturnType<typeof open>, seconds: number): void => {
    const write = () => signingKeys.needUntil(key.id, seconds);
    const note = () => {
      key.neededUntilSeconds = Math.max(key.neededUntilSeconds, seconds);
    };
    if (commit.inTransaction) {
      write();
      commit.afterCommit(note);
    } else {
      note();
      commit.submit(write).catch(onError);
    }
  };

  /** The current key, kept published until then. Rounded up to an hour, so that few signatures write. */
  const current = (algorithm: SigningAlgorithm, exp: unknown) => {
    const key = open(algorithm);
    if (typeof exp === 'number' && exp > key.neededUntilSeconds) {
      needUntil(key, Math.ceil(exp / hourSeconds) * hourSeconds);
    }
    return key;
  };

  /** Creates a key in place of the current one. */
  const create = async (algorithm: SigningAlgorithm): Promise<SigningKeyRow> => {
    const { certificatePem: certificate, privateKeyPem } = await createSigningCertificate(algorithm, realTimeMs());
    const createdAtMs = realTimeMs();
    const row = { algorithm, certificate, createdAtMs, retiredAtMs: null, neededUntilSeconds: 0 };
    const inserted = await commit.submit(() => {
      signingKeys.retire(algorithm, createdAtMs);
      return signingKeys.insert(row, privateKeyPem);
    });
    opened.delete(algorithm);
    return inserted;
  };

  const isPublished = ({ retiredAtMs, neededUntilSeconds }: SigningKeyRow): boolean =>
    retiredAtMs === null || neededUntilSeconds * 1000 > tokenTimeMs();

  const view = (row: SigningKeyRow): SigningKey => {
    const { algorithm, certificate, createdAtMs, retiredAtMs, neededUntilSeconds } = row;
    const [kid, ...otherKids] = namedKey(algorithm, certificate).kids;
    return {
      kid,
      otherKids,
      algorithm,
      state: retiredAtMs === null ? 'signing' : 'retired',
      published: isPublished(row),
      createdAtMs,
      ...(retiredAtMs !== null && { retiredAtMs, publishedUntilMs: neededUntilSeconds * 1000 }),
    };
  };

  const decode = (jws: string): DecodedJws | undefined => {
    const parts = readJws(jws);
    if (parts === undefined) return undefined;
    const { alg, kid, x5t } = parts.header;
    const isNamed = (key: NamedKey) =>
      kid === undefined ? x5t === `${key.x5t['2.x']}==` : key.kids.some((name) => name === kid);
    const found = signingKeys
      .list()
      .map((row) => ({ row, key: namedKey(row.algorithm, row.certificate) }))
      .find(({ key }) => isNamed(key));
    const isGood = found !== undefined && found.key.jwk.alg === alg && verifyJws(jws, found.key.jwk);
    return { ...parts, key: found && view(found.row), isGood };
  };

  const exported = ({ id, ...row }: SigningKeyRow): BackupLine<'signingKey'> => ({
    kid: namedKey(row.algorithm, row.certificate).jwk.kid,
    ...row,
    privateKey: signingKeys.revealPrivateKey(id),
  });

  const restore = ({ kid, privateKey, ...line }: BackupLine<'signingKey'>): void => {
    if (!isKeyPair(line.algorithm, line.certificate, privateKey, kid)) {
      throw new KeyfobError('backup_damaged', `The signing key ${kid} of this backup is damaged. Use another copy.`);
    }
    const takesOver = line.retiredAtMs === null && signingKeys.current(line.algorithm)?.neededUntilSeconds === 0;
    if (takesOver) signingKeys.retire(line.algorithm, realTimeMs());
    signingKeys.insert({ ...line, retiredAtMs: takesOver ? null : (line.retiredAtMs ?? realTimeMs()) }, privateKey);
    opened.delete(line.algorithm);
  };

  return {
    sign(algorithm, header, claims) {
      const key = current(algorithm, claims.exp);
      return signJws(headerOf(key.named, header), claims, key.privateKey);
    },
    keys: () =>
      signingKeys
        .list()
        .filter(isPublished)
        .flatMap(({ algorithm, certificate }) => {
          const { jwk, kids } = namedKey(algorithm, certificate);
          return kids.map((kid) => ({ ...jwk, kid }));
        }),
    async ensure() {
      await Promise.all(algorithms.filter((one) => signingKeys.current(one) === undefined).map(create));
    },
    list: () => signingKeys.list().map(view),
    rotate: async (algorithm) => view(await create(algorithm)),
    decode,
    exportPublished: () => signingKeys.list().filter(isPublished).map(exported),
    restore,
    current,
    forget: () => opened.clear(),
  };
};
