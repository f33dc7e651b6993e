import type { About } from '../../preload/contract/about.ts';
import type { Decision } from '../../preload/contract/audit.ts';
import type { EndpointRequest, EndpointStatus } from '../../preload/contract/endpoint.ts';
import type { EventName, Events } from '../../preload/contract/events.ts';
import type {
  SecretOfSnippet,
  SecretsMode,
  Shell,
  SnippetCall,
  SnippetSecret,
} from '../../preload/contract/snippets.ts';
import type { KeychainAnswer, VaultMode, VaultStatus } from '../../preload/contract/vault.ts';
import type { Store } from './storePort.ts';

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
  unlock(passphrase: string | undefined): Promise<void>;
  recover(recoveryKey: string, mode: VaultMode, passphrase: string | undefined): Promise<void>;
  lock(): Promise<void>;
  changePassphrase(passphrase: string, newPassphrase: string): Promise<void>;
  changeMode(mode: VaultMode, passphrase: string | undefined): Promise<void>;
  newRecoveryKey(): Promise<string>;
  confirmRecoveryKey(lastGroup: string): Promise<void>;
  /** Whether the keychain answers; asks it for an entry that nobody makes, and writes nothing. */
  keychain(): Promise<KeychainAnswer>;
}

/** What the program is and runs on; nothing secret. */
export interface Installation {
  read(): Omit<About, 'tokens' | 'vault'>;
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
  /** Form fields in order. A `secret` one is replaced under `placeholder` and `env`. */
  readonly form: readonly { readonly name: string; readonly value: string; readonly secret?: SnippetSecret }[];
  readonly basic?: { readonly consumerKey: string; readonly consumerSecret: string };
  readonly bearer?: string;
  /** Of the authority that vouches for the host; absent for a host that is not ours. */
  readonly caFile?: string;
  readonly insecure: boolean;
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
  readonly endpoint: EndpointControl;
  readonly installation: Installation;
  /** Runs work in a transaction; resolves after it is on disk. For what has more to do than one transaction. */
  readonly submit: <T>(work: () => T) => Promise<T>;
  readonly renderSnippet: RenderSnippet;
}
