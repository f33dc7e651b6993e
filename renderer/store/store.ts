import { createStore } from 'zustand';
import type { Preferences } from '../../preload/contract/preferences.ts';
import type { Host } from '../host/host.ts';
import { appearanceSlice } from './appearance.ts';
import { clipboardSlice } from './clipboard.ts';
import { clockSlice } from './clock.ts';
import { commandsSlice } from './commands.ts';
import { connectionSlice } from './connection.ts';
import type { Keyfob } from './context.ts';
import { devicesSlice } from './devices.ts';
import { deviceTokensSlice } from './deviceTokens.ts';
import { draftsSlice } from './drafts.ts';
import { firstStartSlice } from './firstStart.ts';
import { keymapSlice } from './keymap.ts';
import { layoutSlice } from './layout.ts';
import { preferencesSlice } from './preferences.ts';
import { presentingSlice } from './presenting.ts';
import { readsSlice } from './reads.ts';
import { routeSlice } from './route.ts';
import { shownOnceSlice, takingNote } from './shownOnce.ts';
import type { MakeSlice } from './slice.ts';
import { snippetsSlice } from './snippets.ts';
import type { State } from './state.ts';
import { toastsSlice } from './toasts.ts';
import { tokensSlice } from './tokens.ts';
import { windowContextSlice } from './windowContext.ts';

/** The one store of the window, with nothing loaded yet but the preferences. */
export function createKeyfob(plainHost: Host, preferences: Preferences): Keyfob {
  const host = takingNote(plainHost, (issued) => store.getState().shownOnce.take(issued));
  const store = createStore<State>()((set, get) => {
    const part = <K extends keyof State>(name: K, make: MakeSlice<State[K]>): State[K] =>
      make({
        host,
        get,
        preferences,
        set: (patch) => set((state) => ({ ...state, [name]: { ...state[name], ...patch } })),
      });
    return {
      appearance: part('appearance', appearanceSlice),
      clipboard: part('clipboard', clipboardSlice),
      clock: part('clock', clockSlice),
      commands: part('commands', commandsSlice),
      connection: part('connection', connectionSlice),
      devices: part('devices', devicesSlice),
      deviceTokens: part('deviceTokens', deviceTokensSlice),
      firstStart: part('firstStart', firstStartSlice),
      drafts: part('drafts', draftsSlice),
      keymap: part('keymap', keymapSlice),
      layout: part('layout', layoutSlice),
      preferences: part('preferences', preferencesSlice),
      presenting: part('presenting', presentingSlice),
      reads: part('reads', readsSlice),
      route: part('route', routeSlice),
      shownOnce: part('shownOnce', shownOnceSlice),
      snippets: part('snippets', snippetsSlice),
      toasts: part('toasts', toastsSlice),
      tokens: part('tokens', tokensSlice),
      windowContext: part('windowContext', windowContextSlice),
    };
  });
  return { host, store };
}
