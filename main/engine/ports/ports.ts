import type { About } from '../../../preload/contract/about.ts';
import type { Decision } from '../../../preload/contract/audit.ts';
import type { Progress, Watch } from '../../../preload/contract/define.ts';
import type { EndpointRequest, EndpointStatus } from '../../../preload/contract/endpoint.ts';
import type { EventName, Events } from '../../../preload/contract/events.ts';
import type { Preferences } from '../../../preload/contract/preferences.ts';
import type {
  SecretOfSnippet,
  SecretsMode,
  Shell,
  SnippetCall,
  SnippetSecret,
} from '../../../preload/contract/snippets.ts';
import type { KeychainAnswer, Proof, VaultMode, VaultStatus } from '../../../preload/contract/vault.ts';
import type { Store } from './store.ts';

/** Two times: token time is moved by the clock offset and rules lifetimes; real time rules everything else. */
export interface Clock {
  tokenTimeMs(): number;
  realTimeMs(): number;
  /** A time as ISO 8601 writes it, in UTC. */
  isoTime(ms: number): string;
}

/** A CSPRNG. */
export interface Random {
  bytes(length: number): Uint8Array;
  /** A random (version 4) UUID, for state ids. */
  uuid(): string;
}

/** A decision as it was made. */
export type MadeDecision = Omit<Decision, 'sequence' | 'text'>;

/** The newest decisions that changed nothing: a bounded ring. */
export interface DecisionLog {
  add(decision: MadeDecision): void;
  /** Newest first. */
  newest(limit: number, refusalsOnly: boolean): readonly Omit<Decision, 'text'>[];
  /** The newest decisions about one token, newest first. */
  ofToken(tokenId: number): readonly Omit<Decision, 'text'>[];
}

/** Sends after the transaction is on disk; at once when none is open; never when it is rolled back. */
export interface EventSink {
  /** A function is asked for the data when somebody listens. */
  emit<N extends EventName>(name: N, data: Events[N] | (() => Events[N])): void;
}

/** The vault as the engine's handlers drive it; `main/vault` implements it. */
export interface VaultControl {
  status(): VaultStatus;
  create(mode: VaultMode, passphrase: string | undefined): Promise<{ readonly recoveryKey: string }>;
  /** For a program alone: there is nobody to show a recovery key to. */
  createWithoutRecoveryKey(mode: VaultMode, passphrase: string | undefined): Promise<void>;
  unlock(passphrase: string | undefined): Promise<void>;
  recover(recoveryKey: string, mode: VaultMode, passphrase: string | undefined): Promise<void>;
  lock(): Promise<void>;
  changePassphrase(passphrase: string, newPassphrase: string): Promise<void>;
  /** `newPassphrase` is for mode passphrase. */
  changeMode(mode: VaultMode, newPassphrase: string | undefined, proof: Proof): Promise<void>;
  /** Replaces the data key, and gives a new recovery key. Sealed values are sealed again afterwards. */
  rotateDataKey(proof: Proof): Promise<string>;
  newRecoveryKey(proof: Proof): Promise<string>;
  /** Throws unless this proof allows to change how the vault opens. Changes nothing. */
  prove(proof: Proof): Promise<void>;
  confirmRecoveryKey(lastGroup: string): Promise<void>;
  /** Whether the keychain answers; asks it for an entry that nobody makes, and writes nothing. */
  keychain(): Promise<KeychainAnswer>;
}

/** What locks the vault without being asked; `main/app/autoLock.ts` implements it. */
export interface AutoLock {
  /** A person used a window now. */
  windowUsed(): void;
  /** Whether this machine tells when its screen is locked; known soon after the first use of a window. */
  noticesScreenLock(): boolean;
}

/** What a backup is sealed for. */
export type BackupRecipient = { readonly passphrase: string } | { readonly recipients: readonly string[] };

/** What may open a backup. */
export interface BackupKey {
  readonly passphrase?: string | undefined;
  readonly identity?: string | undefined;
}

/**
 * Files in the format of age, as base64; `main/backup` implements it. What is in clear is in memory only. Every function
 * throws `backup_too_large`, and for a file `backup_not_age` or `backup_newer`.
 */
export interface BackupCipher {
  /** Throws `bad_input` for a recipient that is none. */
  seal(text: string, recipient: BackupRecipient): Promise<{ readonly file: string; readonly bytes: number }>;
  opensWith(file: string): 'passphrase' | 'identity';
  /** Throws `wrong_passphrase`, `wrong_identity`, `backup_damaged`, and `bad_input` for a key that is missing or none. */
  open(file: string, key: BackupKey): Promise<string>;
}

/** Runs long work in steps; others get their turn between two of them. Throws `cancelled` once the watch says so. */
export interface Steps {
  /** Of work that changes nothing. */
  read<T>(steps: Generator<Progress, T, void>, watch: Watch): Promise<T>;
  /** Each step is a transaction of its own. */
  write<T>(steps: Generator<Progress, T, void>, watch: Watch): Promise<T>;
  /** Work that is one transaction, and cannot be cancelled any more. */
  once<T>(work: () => T): Promise<T>;
}

/** Preferences of the window, kept outside of the database: they are in clear, and no reason for its migrations. */
export interface PreferencesFile {
  read(): Preferences;
  write(preferences: Preferences): void;
}

/** What the program is and runs on; nothing secret. */
export interface Installation {
  read(): Omit<About, 'tokens' | 'vault'>;
}

/** What the doctor looks at besides the engine's own; nothing of it holds anything up. */
export interface Machine {
  /** On the disk of the data folder. */
  freeBytes(): Promise<number>;
  /** Where it is, without saying whose it is, how much of it others may use, and names of files that belong to others. */
  folder(): Promise<{ readonly place: string; readonly openToOthers: number; readonly foreign: readonly string[] }>;
  /** Files of certificate authorities that were used here before this database's. */
  formerAuthorities(): Promise<readonly string[]>;
  portUse(port: number): Promise<'free' | { readonly by: string }>;
  /** A sentence for each extra name that does not lead to the endpoint, which listens at these addresses if it runs. */
  nameWarnings(names: readonly string[], listening: readonly string[] | undefined): Promise<readonly string[]>;
  /** Why nothing is written or answered any more until the next start, and what to do; nothing when all is well. */
  storeFault(): string | undefined;
  /** The same of a `vault.json` that is damaged, gone, or does not belong to the database. */
  vaultFault(): Promise<string | undefined>;
  /** What is wrong with the database; nothing when it is sound. */
  databaseFaults(): Promise<readonly string[]>;
  certificates(): { readonly authorityEndsAtMs: number | undefined; readonly leafEndsAtMs: number | undefined };
}

/** The endpoint as the engine's handlers drive it; `main/endpoint` implements it. */
export interface EndpointControl {
  status(): EndpointStatus;
  start(at: {
    readonly port?: number | undefined;
    readonly httpPort?: number | null | undefined;
  }): Promise<EndpointStatus>;
  stop(): Promise<EndpointStatus>;
  /**
   * Answers to these extra names, and keeps them by `save`: certificate, Host rule and addresses follow, connections stay.
   * Rejects with `name_not_permitted`, `port_in_use` or what `save` threw; then all is as before.
   */
  rename<T>(extraNames: readonly string[], save: () => Promise<T>): Promise<T>;
  ca(): {
    readonly pem: string;
    readonly fingerprintSha256: string;
    readonly endsAtMs: number;
    readonly caFile: string;
  };
  requests(limit: number): readonly EndpointRequest[];
}

/** A call to write down, with everything in clear; `main/snippets` turns it into a command. */
export interface SnippetModel {
  readonly call: SnippetCall;
  readonly url: string;
  readonly method: string;
  /** Form fields in order. A `secret` one is replaced under `placeholder` and `env`, and where its value is not kept. */
  readonly form: readonly {
    readonly name: string;
    /** Null where it is not kept. */
    readonly value: string | null;
    readonly secret?: SnippetSecret;
  }[];
  readonly basic?: { readonly consumerKey: string; readonly consumerSecret: string };
  /** Null where it is not kept. */
  readonly bearer?: string | null;
  /** Of the authority that vouches for the host; absent for a host that is not ours. */
  readonly caFile?: string;
  readonly insecure: boolean;
  /** For an address of this machine: no proxy can reach it, whatever the environment and ~/.curlrc say. */
  readonly direct: boolean;
}

export interface SnippetText {
  readonly text: string;
  readonly notes: readonly string[];
  readonly containsSecrets: boolean;
  readonly secrets: readonly SecretOfSnippet[];
}

export type RenderSnippet = (model: SnippetModel, shell: Shell, secrets: SecretsMode) => SnippetText;

export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  readonly store: Store;
  readonly decisions: DecisionLog;
  readonly events: EventSink;
  readonly vault: VaultControl;
  readonly autoLock: AutoLock;
  readonly endpoint: EndpointControl;
  readonly preferences: PreferencesFile;
  readonly installation: Installation;
  readonly renderSnippet: RenderSnippet;
  readonly backupCipher: BackupCipher;
  readonly steps: Steps;
  readonly machine: Machine;
}
