import { createContext, useContext } from 'react';
import type { DeviceToken } from '../../store/deviceTokens.ts';

/** What just happened to a row, and why. */
export interface Mark {
  readonly kind: 'new' | 'same' | 'refreshed';
  readonly why: string;
}

/** What the last action came to, in one line. */
export interface DeskNews {
  readonly tone: 'good' | 'warn' | 'danger';
  readonly text: string;
  /** Real time at which the engine said so. */
  readonly checkedAtMs?: number | undefined;
}

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
  /** Lets the snippet pane show the calls of this token. */
  select(token: DeviceToken): void;
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

/** The device of a token that is for one. */
export const deviceOf = ({ device, id }: DeviceToken): string => device ?? `token ${id}`;

/** The scopes of a token but its device's, as a request would name them. */
export const furtherScopes = ({ scope, device }: DeviceToken): readonly string[] =>
  scope.split(' ').filter((name) => name !== '' && name !== `device_${device}` && name !== 'am_application_scope');
