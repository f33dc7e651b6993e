import type { IssueBehaviour, Pkce } from '../../../../preload/contract/keys.ts';
import type { Server } from '../../../../preload/contract/servers.ts';
import type { TokenFormat } from '../../../../preload/contract/tokenFormat.ts';
import type { GrantType, KeyType } from '../../../../preload/contract/values.ts';

export interface KeySetRow {
  readonly id: number;
  readonly applicationId: number;
  readonly keyType: KeyType;
  readonly consumerKey: string;
  readonly state: 'ACTIVE' | 'REVOKED';
  readonly grantTypes: readonly GrantType[];
  readonly callbackUrl: string;
  /** Has no secret that the endpoint demands. */
  readonly publicClient: boolean;
  readonly pkce: Pkce;
  readonly pkcePlain: boolean;
  readonly issueBehaviour: IssueBehaviour;
  readonly tokenFormat: TokenFormat;
  readonly applicationTokenValiditySeconds: number;
  readonly userTokenValiditySeconds: number;
  readonly refreshTokenValiditySeconds: number;
  readonly allowedOrigins: readonly string[];
  readonly createdAtMs: number;
  /** The server that the keys come from; null: generated here. */
  readonly server: Server | null;
  /** Whether the endpoint and the gateway accept the keys. Always true for generated keys. */
  readonly servedHere: boolean;
}

export interface KeySetStore {
  /** Of living and deleted applications. Cached; a changed row or secret gives another object. */
  byConsumerKey(consumerKey: string): KeySetRow | undefined;
  byId(id: number): KeySetRow | undefined;
  ofApplication(applicationId: number): readonly KeySetRow[];
  insert(row: Omit<KeySetRow, 'id'>, consumerSecret: string): KeySetRow;
  update(row: KeySetRow): void;
  setSecret(id: number, consumerSecret: string): void;
  /** Imports need it, and servers that gave a client another key. */
  setConsumerKey(id: number, consumerKey: string): void;
  revealSecret(id: number): string;
  /** Constant time. */
  secretMatches(id: number, consumerSecret: string): boolean;
  /** Of active and served key sets of living applications. Cached until anything but tokens is written. */
  allowedOrigins(): ReadonlySet<string>;
}
