import { createContext, useContext } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import type { DeviceToken } from '../../store/topics/devices/deviceTokenReads.ts';
import type { DeviceOwner } from '../../store/topics/devices/deviceTokens.ts';
import { extraScopes } from '../../store/topics/tokens/extraScopes.ts';
import type { LookedAt } from '../../store/window/windowContext.ts';

/** The last event of a row, and its reason. */
export interface RowEvent {
  readonly kind: 'new' | 'same' | 'refreshed';
  readonly why: string;
  /** Real time. */
  readonly atMs: number;
}

/** The result of the last action, in one line. */
export interface News {
  readonly tone: 'good' | 'warn' | 'danger';
  readonly text: string;
  /** Real time. */
  readonly atMs: number;
  /** Whether the engine reported it at that time. */
  readonly checked?: boolean;
}

/** The result of a check of one token. */
export interface Check {
  readonly ok: boolean;
  /** Like "answered 200" or "found valid". */
  readonly text: string;
  /** The status that an API answered; absent for a check by state only, and without an answer. */
  readonly status?: number | undefined;
  /** Real time. */
  readonly atMs: number;
}

/** Milliseconds after which an event is no longer shown. */
const newsMs = 5 * 60_000;

/** Whether an event is recent enough to show. */
export const useIsNews = (atMs: number | undefined): boolean =>
  useKeyfobState(({ clock }) => atMs !== undefined && clock.realMs - atMs < newsMs);

/** Fewer tokens than this are done before a progress line could be read. */
export const progressBeyond = 50;

/** The actions of rows, and facts about them that their tokens lack. */
export interface DeviceActions {
  /** The last event of each row, by token id. */
  readonly events: ReadonlyMap<number, RowEvent>;
  /** The last check of each token, by its id. */
  readonly checked: ReadonlyMap<number, Check>;
  /** Ids of tokens with a running action. */
  readonly busy: ReadonlySet<number>;
  copyToken(token: DeviceToken): void;
  /** Shows this token's calls in the snippet pane. */
  look(token: DeviceToken): void;
  /** Puts this token's device into the context. */
  use(token: DeviceToken): void;
  showCommand(token: DeviceToken): void;
  /** Calls an API with this token, in the snippet pane. */
  callApi(token: DeviceToken): void;
  showQr(token: DeviceToken): void;
  refresh(token: DeviceToken): void;
  expire(token: DeviceToken, inSeconds: number): void;
  askToRevoke(tokens: readonly DeviceToken[]): void;
  mintAgain(tokens: readonly DeviceToken[]): void;
  show(token: DeviceToken): void;
}

export const DeviceActionsContext = createContext<DeviceActions | undefined>(undefined);

/** The actions for the rows below. Throws outside of the screen. */
export function useDeviceActions(): DeviceActions {
  const actions = useContext(DeviceActionsContext);
  if (actions === undefined) throw new Error('this component is outside of DeviceActionsContext');
  return actions;
}

/** Gives the snippet pane's target for a token of this owner. */
export const lookedAtOf = (
  { application, keyType, username }: DeviceOwner,
  token: Pick<DeviceToken, 'id' | 'device' | 'scope'>,
): LookedAt => ({
  ...{ application, keyType, username },
  device: token.device,
  scope: extraScopes(token).join(' '),
  tokenId: token.id,
});

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** A time of day with seconds: "15:45:03". */
export const formatClock = (atMs: number): string => clock.format(atMs);
