import type { AppearanceSlice } from './appearance.ts';
import type { ClipboardSlice } from './clipboard.ts';
import type { ClockSlice } from './clock.ts';
import type { CommandsSlice } from './commands.ts';
import type { ConnectionSlice } from './connection.ts';
import type { DevicesSlice } from './devices.ts';
import type { DeviceTokensSlice } from './deviceTokens.ts';
import type { DraftsSlice } from './drafts.ts';
import type { FirstStartSlice } from './firstStart.ts';
import type { KeymapSlice } from './keymap.ts';
import type { LayoutSlice } from './layout.ts';
import type { PreferencesSlice } from './preferences.ts';
import type { PresentingSlice } from './presenting.ts';
import type { ReadsSlice } from './reads.ts';
import type { RouteSlice } from './route.ts';
import type { ShownOnceSlice } from './shownOnce.ts';
import type { SnippetsSlice } from './snippets.ts';
import type { ToastsSlice } from './toasts.ts';
import type { TokensSlice } from './tokens.ts';
import type { WindowContextSlice } from './windowContext.ts';

/** All that the window holds, and no secret in it. */
export interface State {
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
  readonly route: RouteSlice;
  readonly shownOnce: ShownOnceSlice;
  readonly snippets: SnippetsSlice;
  readonly toasts: ToastsSlice;
  readonly tokens: TokensSlice;
  readonly windowContext: WindowContextSlice;
}
