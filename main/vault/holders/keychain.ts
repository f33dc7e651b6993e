import { createSecretKey, type KeyObject } from 'node:crypto';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { KeychainAnswer } from '../../../preload/contract/vault.ts';

const service = 'keyfob';
const keyLength = 32;

/**
 * The default store on Linux falls back to kernel memory without a word, and what lies there is gone at the next start
 * of the machine: so the Secret Service or nothing.
 */
const entryOptions = { linux: { store: 'secret-service' } } as const;

/** Long enough for a person to answer the prompt that unlocks the keychain. */
const defaultTimeLimitMs = 60_000;

/** Long enough for a keychain that is there; a prompt is not waited for. */
const probeLimitMs = 5000;
/** No installation is called so. */
const nobody = 'probe';

/** What people call the keychain of a platform. */
export function keychainName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'macOS Keychain';
  return platform === 'win32' ? 'Windows Credential Manager' : 'Secret Service';
}

/**
 * The account that a data key has in the keychain: the first one that of its installation, a later one its number besides.
 * So a new data key is there before the old one goes, and `vault.json` alone says which of the two it is.
 */
export const accountOf = ({ installationId, keyId }: { readonly installationId: string; readonly keyId: number }) =>
  keyId === 1 ? installationId : `${installationId}.${keyId}`;

/** The operating system's keychain: an entry for each account, 32 bytes as base64url. */
export interface Keychain {
  /** Whether it answers within a few seconds. Never rejects; nothing is written, and nobody is asked to unlock it. */
  probe(): Promise<KeychainAnswer>;
  /** `lost` when there is no such entry, or it holds no key. */
  read(account: string): Promise<KeyObject | 'lost'>;
  write(account: string, dataKey: KeyObject): Promise<void>;
  /** It is no fault when there is none. */
  remove(account: string): Promise<void>;
}

/** Every function throws `keychain_unavailable` when no keychain answers within the limit. */
export function createKeychain({ timeLimitMs = defaultTimeLimitMs }: { timeLimitMs?: number } = {}): Keychain {
  const withEntry = async <T>(
    account: string,
    work: (entry: import('@napi-rs/keyring').AsyncEntry) => Promise<T>,
    limitMs = timeLimitMs,
  ): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    try {
      const { AsyncEntry } = await import('@napi-rs/keyring');
      const limit = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer in ${limitMs} ms`)), limitMs);
      });
      return await Promise.race([work(new AsyncEntry(service, account, entryOptions)), limit]);
    } catch (error) {
      throw unavailable(error);
    } finally {
      clearTimeout(timer);
    }
  };

  const read = (account: string) => withEntry(account, async (entry) => keyIn(await entry.getPassword()));

  return {
    async probe() {
      const name = keychainName(process.platform);
      try {
        await withEntry(nobody, (entry) => entry.getPassword(), Math.min(probeLimitMs, timeLimitMs));
        return { available: true, name };
      } catch (error) {
        const { message, details } = error instanceof KeyfobError ? error : unavailable(error);
        return { available: false, name, why: message, details: details.system };
      }
    },
    read,
    async write(account, dataKey) {
      const { k: text = '' } = dataKey.export({ format: 'jwk' });
      await withEntry(account, (entry) => entry.setPassword(text));
      const kept = await read(account);
      if (kept === 'lost' || !kept.equals(dataKey)) throw unavailable(new Error('it did not keep what it was given'));
    },
    async remove(account) {
      await withEntry(account, (entry) => entry.deleteCredential());
    },
  };
}

function keyIn(text: string | null): KeyObject | 'lost' {
  const bytes = Buffer.from(text ?? '', 'base64url');
  if (bytes.length !== keyLength) return 'lost';
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}

/** The system's words go into the details: on Linux they are about D-Bus, which helps few people. */
function unavailable(error: unknown): KeyfobError {
  const system = error instanceof Error ? error.message : String(error);
  const absent = process.platform === 'linux' && /d-?bus/i.test(system);
  const message = absent
    ? 'No system keychain found. On Linux, start gnome-keyring or KWallet, or use a passphrase.'
    : `The ${keychainName(process.platform)} did not open. Unlock it and try again, or use a passphrase.`;
  return new KeyfobError('keychain_unavailable', message, { system });
}
