import { createSecretKey, type KeyObject } from 'node:crypto';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { KeychainAnswer } from '../../../preload/contract/vault.ts';

const service = 'keyfob';
const keyLength = 32;

/**
 * The library's default store on Linux silently falls back to kernel memory, which loses the key at reboot. So only the Secret Service
 * is allowed.
 */
const entryOptions = { linux: { store: 'secret-service' } } as const;

/** Long enough for a person to answer the prompt that unlocks the keychain. */
const defaultTimeLimitMs = 60_000;

/** Long enough for a running keychain. It does not wait for a prompt. */
const probeLimitMs = 5000;
/** An account that no installation has. */
const probeAccount = 'probe';

/** The name of a platform's keychain, for messages. */
export function keychainName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'macOS Keychain';
  return platform === 'win32' ? 'Windows Credential Manager' : 'Secret Service';
}

/**
 * The account of a data key in the keychain: the installation's id, and from the second key on also its number. So a new key can be
 * stored before the old one is removed. Only `vault.json` says which key is current.
 */
export const accountOf = ({ installationId, keyId }: { readonly installationId: string; readonly keyId: number }) =>
  keyId === 1 ? installationId : `${installationId}.${keyId}`;

/** The operating system's keychain: one entry per account, 32 bytes as base64url. */
export interface Keychain {
  /** Whether it answers within a few seconds. Never rejects, writes nothing and does not wait for a prompt. */
  probe(): Promise<KeychainAnswer>;
  /** `lost` if the entry does not exist or does not hold a key. */
  read(account: string): Promise<KeyObject | 'lost'>;
  write(account: string, dataKey: KeyObject): Promise<void>;
  /** Succeeds if the entry does not exist. */
  remove(account: string): Promise<void>;
}

/** Creates access to the keychain. All functions but `probe` throw `keychain_unavailable` if it does not answer within the limit. */
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
        await withEntry(probeAccount, (entry) => entry.getPassword(), Math.min(probeLimitMs, timeLimitMs));
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
      if (kept === 'lost' || !kept.equals(dataKey)) throw unavailable(new Error('it did not store the key'));
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

/** The system's message goes into the details. On Linux it is about D-Bus, which helps few people. */
function unavailable(error: unknown): KeyfobError {
  const system = error instanceof Error ? error.message : String(error);
  const absent = process.platform === 'linux' && /d-?bus/i.test(system);
  const message = absent
    ? 'No system keychain found. On Linux, start gnome-keyring or KWallet, or use a passphrase.'
    : `The ${keychainName(process.platform)} did not open. Unlock it and try again, or use a passphrase.`;
  return new KeyfobError('keychain_unavailable', message, { system });
}
