import type { Decision } from '../../../preload/contract/audit.ts';
import type { Progress, Watch } from '../../../preload/contract/define.ts';
import type { EventName, Events } from '../../../preload/contract/events.ts';
import type { BackupCipher } from './backupCipher.ts';
import type { OpenCallbackReceiver } from './callbackReceiver.ts';
import type { FormatDocument, ParseDocument, Unzip } from './document.ts';
import type { EndpointControl } from './endpoint.ts';
import type { WriteApplication, WriteCall, WriteExport } from './export.ts';
import type { Installation, Machine, PreferencesFile } from './machine.ts';
import type { RunCall } from './runCall.ts';
import type { Signer, SigningKeyControl } from './signer.ts';
import type { RenderSnippet } from './snippet.ts';
import type { Store } from './store/store.ts';
import type { AutoLock, VaultControl } from './vault.ts';

/** Two times. The clock offset moves token time, which decides lifetimes; everything else follows real time. */
export interface Clock {
  tokenTimeMs(): number;
  realTimeMs(): number;
  /** Formats a time as ISO 8601, in UTC. */
  isoTime(ms: number): string;
}

/** A CSPRNG. */
export interface Random {
  bytes(length: number): Uint8Array;
  /** A random (version 4) UUID, for state ids. */
  uuid(): string;
}

/** SHA-256 of a text, as base64url without padding. */
export type Sha256 = (text: string) => string;

/** A decision, before the log numbers it. */
export type NewDecision = Omit<Decision, 'sequence' | 'text'>;

/** The newest decisions that changed nothing: a bounded ring. */
export interface DecisionLog {
  add(decision: NewDecision): void;
  /** Newest first. */
  newest(limit: number, refusalsOnly: boolean): readonly Omit<Decision, 'text'>[];
  /** The newest decisions about one token, newest first. */
  ofToken(tokenId: number): readonly Omit<Decision, 'text'>[];
}

/** Sends an event once the open transaction is on disk. Without one it sends at once; after a rollback, never. */
export interface EventSink {
  /** Pass a function for data that is costly to build: it runs only if someone listens. */
  emit<N extends EventName>(name: N, data: Events[N] | (() => Events[N])): void;
}

/** Runs long work in steps, so that other calls run between two steps. Throws `cancelled` once the watch says so. */
export interface Steps {
  /** Runs work that changes nothing. */
  read<T>(steps: Generator<Progress, T, void>, watch: Watch): Promise<T>;
  /** Runs each step in its own transaction. */
  write<T>(steps: Generator<Progress, T, void>, watch: Watch): Promise<T>;
  /** Runs all work in one transaction, which can no longer be cancelled. */
  once<T>(work: () => T): Promise<T>;
}

/** Everything the engine needs from the other rooms. */
export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  readonly sha256: Sha256;
  readonly store: Store;
  readonly decisions: DecisionLog;
  readonly events: EventSink;
  readonly vault: VaultControl;
  readonly autoLock: AutoLock;
  readonly endpoint: EndpointControl;
  readonly preferences: PreferencesFile;
  readonly installation: Installation;
  readonly renderSnippet: RenderSnippet;
  readonly writeExport: WriteExport;
  readonly writeApplication: WriteApplication;
  readonly writeCall: WriteCall;
  readonly runCall: RunCall;
  readonly openCallbackReceiver: OpenCallbackReceiver;
  /** Keeps the PEM of a server's authority as a private file for `--cacert`, and gives its path. */
  readonly serverCaFile: (pem: string) => string;
  readonly backupCipher: BackupCipher;
  readonly parseDocument: ParseDocument;
  readonly formatDocument: FormatDocument;
  readonly unzip: Unzip;
  readonly steps: Steps;
  readonly machine: Machine;
  readonly signer: Signer;
  readonly signingKeys: SigningKeyControl;
}
