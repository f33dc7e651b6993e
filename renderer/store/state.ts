import type { ReadsSlice } from './core/reads.ts';
import type { Follower } from './core/slice.ts';
import type { DevicesSlice } from './topics/devices.ts';
import type { DeviceTokensSlice } from './topics/deviceTokens.ts';
import type { FirstStartSlice } from './topics/firstStart.ts';
import type { RefusalsSlice } from './topics/refusals.ts';
import type { RequestsSlice } from './topics/requests.ts';
import type { ShownOnceSlice } from './topics/shownOnce.ts';
import type { SnippetsSlice } from './topics/snippets.ts';
import type { TodaySlice } from './topics/today.ts';
import type { TokensSlice } from './topics/tokens.ts';
import type { UnlockSlice } from './topics/unlock.ts';
import type { AppearanceSlice } from './window/appearance.ts';
import type { ClipboardSlice } from './window/clipboard.ts';
import type { ClockSlice } from './window/clock.ts';
import type { CommandsSlice } from './window/commands.ts';
import type { ConnectionSlice } from './window/connection.ts';
import type { DraftsSlice } from './window/drafts.ts';
import type { KeymapSlice } from './window/keymap.ts';
import type { LayoutSlice } from './window/layout.ts';
import type { PreferencesSlice } from './window/preferences.ts';
import type { PresentingSlice } from './window/presenting.ts';
import type { RecentSlice } from './window/recent.ts';
import type { RouteSlice } from './window/route.ts';
import type { ToastsSlice } from './window/toasts.ts';
import type { WindowContextSlice } from './window/windowContext.ts';

interface Slices {
  readonly appearance: AppearanceSlice;
  readonly clipboard: ClipboardSlice;
  readonly clock: ClockSlice;
  readonly commands: CommandsSlice;
  readonly connection: ConnectionSlice;
  readonly devices: DevicesSlice;
  readonly deviceTokens: DeviceTokensSlice;
  readonly firstStart: FirstStartSlice;
  readonly drafts: DraftsSlice;
  readonly keymap: KeymapSlice;
  readonly layout: LayoutSlice;
  readonly preferences: PreferencesSlice;
  readonly presenting: PresentingSlice;
  readonly reads: ReadsSlice;
  readonly recent: RecentSlice;
  readonly refusals: RefusalsSlice;
  readonly requests: RequestsSlice;
  readonly route: RouteSlice;
  readonly shownOnce: ShownOnceSlice;
  readonly snippets: SnippetsSlice;
  readonly toasts: ToastsSlice;
  readonly today: TodaySlice;
  readonly tokens: TokensSlice;
  readonly unlock: UnlockSlice;
  readonly windowContext: WindowContextSlice;
}

/** The whole state of the window. It holds no secret. */
export type State = { readonly [N in keyof Slices]: Slices[N] & Follower };
