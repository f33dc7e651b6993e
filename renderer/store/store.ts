import { createStore } from 'zustand';
import type { Preferences } from '../../preload/contract/preferences.ts';
import type { Host } from '../host/host.ts';
import type { Keyfob } from './context.ts';
import { readsSlice } from './core/reads.ts';
import type { MakeSlice } from './core/slice.ts';
import type { State } from './state.ts';
import { devicesSlice } from './topics/devices/devices.ts';
import { deviceTokensSlice } from './topics/devices/deviceTokens.ts';
import { qrSlice } from './topics/devices/qr.ts';
import { firstStartSlice } from './topics/firstStart.ts';
import { refusalsSlice } from './topics/refusals.ts';
import { requestsSlice } from './topics/requests.ts';
import { snippetsSlice } from './topics/snippets.ts';
import { todaySlice } from './topics/today.ts';
import { captureIssuedTokens } from './topics/tokens/captureIssuedTokens.ts';
import { shownOnceSlice } from './topics/tokens/shownOnce.ts';
import { tokensSlice } from './topics/tokens/tokens.ts';
import { unlockSlice } from './topics/unlock.ts';
import { appearanceSlice } from './window/appearance.ts';
import { askedDialogSlice } from './window/askedDialog.ts';
import { clipboardSlice } from './window/clipboard.ts';
import { clockSlice } from './window/clock.ts';
import { connectionSlice } from './window/connection.ts';
import { draftsSlice } from './window/drafts.ts';
import { commandsSlice } from './window/keys/commands.ts';
import { keymapSlice } from './window/keys/keymap.ts';
import { layoutSlice } from './window/layout.ts';
import { preferencesSlice } from './window/preferences.ts';
import { presentingSlice } from './window/presenting.ts';
import { recentSlice } from './window/recent.ts';
import { routeSlice } from './window/route.ts';
import { toastsSlice } from './window/toasts.ts';
import { windowContextSlice } from './window/windowContext.ts';

/** Creates the store of the window. It starts with the preferences and nothing else. */
export function createKeyfob(plainHost: Host, preferences: Preferences): Keyfob {
  const host = captureIssuedTokens(plainHost, (issued) => store.getState().shownOnce.take(issued));
  const store = createStore<State>()((set, get) => {
    const part = <K extends keyof State>(name: K, make: MakeSlice<State[K], State>): State[K] =>
      make({
        host,
        get: () => get()[name],
        uses: get,
        preferences,
        set: (patch) => set((state) => ({ ...state, [name]: { ...state[name], ...patch } })),
      });
    return {
      appearance: part('appearance', appearanceSlice),
      askedDialog: part('askedDialog', askedDialogSlice),
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
      qr: part('qr', qrSlice),
      reads: part('reads', readsSlice),
      recent: part('recent', recentSlice),
      refusals: part('refusals', refusalsSlice),
      requests: part('requests', requestsSlice),
      route: part('route', routeSlice),
      shownOnce: part('shownOnce', shownOnceSlice),
      snippets: part('snippets', snippetsSlice),
      toasts: part('toasts', toastsSlice),
      today: part('today', todaySlice),
      tokens: part('tokens', tokensSlice),
      unlock: part('unlock', unlockSlice),
      windowContext: part('windowContext', windowContextSlice),
    };
  });
  return { host, store };
}
