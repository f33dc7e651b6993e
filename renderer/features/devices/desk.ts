import { createContext, useContext } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import type { DeviceToken } from '../../store/topics/deviceTokenReads.ts';
import type { DeviceOwner } from '../../store/topics/deviceTokens.ts';
import type { LookedAt } from '../../store/window/windowContext.ts';

/** What just happened to a row, and why. */
export interface Mark {
  readonly kind: 'new' | 'same' | 'refreshed';
  readonly why: string;
  /** Real time. */
  readonly atMs: number;
}

/** What the last action came to, in one line. */
export interface DeskNews {
  readonly tone: 'good' | 'warn' | 'danger';
  readonly text: string;
  /** Real time. */
  readonly atMs: number;
  /** Whether the engine said so at that time. */
  readonly checked?: boolean;
}

/** After this time nothing is news any more. */
const newsMs = 5 * 60_000;

/** Whether something is recent enough to be shown as news. */
export const useIsNews = (atMs: number | undefined): boolean =>
  useKeyfobState(({ clock }) => atMs !== undefined && clock.realMs - atMs < newsMs);

/** So few are done before a line could be read. */
export const progressBeyond = 50;

/** What rows can do, and what is known of them beside their tokens. */
export interface Desk {
  readonly marks: ReadonlyMap<number, Mark>;
  /** When a check last found them valid, in real time. */
  readonly checked: ReadonlyMap<number, number>;
  /** Ids of tokens that something is being done to. */
  readonly busy: ReadonlySet<number>;
  copy(token: DeviceToken): void;
  /** Shows the calls of this token in the snippet pane. */
  look(token: DeviceToken): void;
  /** Puts this token's device into the context. */
  use(token: DeviceToken): void;
  showCurl(token: DeviceToken): void;
  showQr(token: DeviceToken): void;
  refresh(token: DeviceToken): void;
  setEnd(token: DeviceToken, inSeconds: number): void;
  askToRevoke(tokens: readonly DeviceToken[]): void;
  mintAgain(tokens: readonly DeviceToken[]): void;
  explain(token: DeviceToken): void;
}

export const DeskContext = createContext<Desk | undefined>(undefined);

/** The desk around a row. Throws outside of one. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('this component stands outside of a desk');
  return desk;
}

/** Whether the end of a token with an ACTIVE row has passed. Token time. */
export const isExpired = ({ expiresAtMs }: DeviceToken, nowMs: number): boolean =>
  expiresAtMs !== null && expiresAtMs <= nowMs;

/** The device of a token that is for one. */
export const deviceOf = ({ device, id }: DeviceToken): string => device ?? `token ${id}`;

/** The scopes of a token but its device's, as a request would name them. */
export const furtherScopes = ({ scope, device }: Pick<DeviceToken, 'scope' | 'device'>): readonly string[] =>
  scope.split(' ').filter((name) => name !== '' && name !== `device_${device}` && name !== 'am_application_scope');

/** A token of this owner, for the snippet pane to look at. */
export const lookedAtOf = (
  { application, keyType, username }: DeviceOwner,
  token: Pick<DeviceToken, 'id' | 'device' | 'scope'>,
): LookedAt => ({
  ...{ application, keyType, username },
  device: token.device,
  scope: furtherScopes(token).join(' '),
  tokenId: token.id,
});
