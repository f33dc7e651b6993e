import type { About } from '../../../preload/contract/about.ts';
import type { Preferences } from '../../../preload/contract/preferences.ts';

/** Preferences of the window. They live outside the database: they are not secret and need no migrations. */
export interface PreferencesFile {
  read(): Preferences;
  write(preferences: Preferences): void;
}

/** What the program is and what it runs on; nothing secret. */
export interface Installation {
  read(): Omit<About, 'tokens' | 'vault'>;
}

/** The facts outside the engine that the doctor checks. None of these calls blocks other work. */
export interface Machine {
  /** On the disk of the data folder. */
  freeBytes(): Promise<number>;
  /**
   * The data folder. `place` leaves out the user's name. `openToOthers` counts the entries that other users can access.
   * `foreign` lists the files that belong to other users.
   */
  folder(): Promise<{ readonly place: string; readonly openToOthers: number; readonly foreign: readonly string[] }>;
  /** Files of certificate authorities that were used here before this database's. */
  formerAuthorities(): Promise<readonly string[]>;
  /** Why a backend accepts no connection, in a few words; undefined if it does. `backendCa`: a PEM to trust as well. */
  backendFault(url: string, backendCa: string | null): Promise<string | undefined>;
  portUse(port: number): Promise<'free' | { readonly by: string }>;
  /** One sentence for each extra name that does not lead to the endpoint. `listening`: its addresses while it runs. */
  nameWarnings(names: readonly string[], listening: readonly string[] | undefined): Promise<readonly string[]>;
  /** Addresses of this machine in its networks that a certificate may carry, IPv4 first. */
  networkAddresses(): Promise<readonly string[]>;
  /** Why the store refuses all work until the next start, and what to do. Undefined when all is well. */
  storeFault(): string | undefined;
  /** The same for a `vault.json` that is damaged, missing, or belongs to another database. */
  vaultFault(): Promise<string | undefined>;
  /** Damage found in the database; empty when it is sound. */
  databaseFaults(): Promise<readonly string[]>;
  certificates(): { readonly authorityEndsAtMs: number | undefined; readonly leafEndsAtMs: number | undefined };
}
