import { preferencesShape } from '../../../preload/contract/preferences.ts';
import { type KeyType, keyType as keyTypes } from '../../../preload/contract/values.ts';
import type { MakeSlice } from '../core/slice.ts';
import type { UsesPreferences } from './preferences.ts';

type Query = Readonly<Record<string, string>>;

/** The current screen and what it shows. It is in the fragment of the address, so that back and forward work. */
export type Route =
  | { readonly screen: 'applications'; readonly application?: string; readonly keyType?: KeyType }
  | { readonly screen: 'devices' | 'users' | 'scopes' }
  /** `guide` names the programs whose steps to trust the certificate are shown. */
  | { readonly screen: 'endpoint'; readonly part?: string; readonly guide?: string }
  /** `api` is the number of an API. `part` is one of its tabs, or `tiers` without an API. */
  | { readonly screen: 'apis'; readonly api?: string; readonly part?: string }
  | { readonly screen: 'tokens'; readonly token?: string; readonly filter?: Query }
  /** `part` is the number of a request, or `faults`. */
  | { readonly screen: 'requests'; readonly part?: string; readonly filter?: Query }
  | { readonly screen: 'settings'; readonly section?: string };
export type Screen = Route['screen'];

/** Whether a screen shows the context bar and the snippet pane. */
export const hasContext = (screen: Screen): boolean =>
  ['applications', 'devices', 'tokens', 'endpoint', 'apis', 'requests'].includes(screen);

export interface RouteSlice {
  readonly current: Route;
  /** Goes there. "Back" returns. */
  go(route: Route): void;
  /** Goes there without a step in the history. For changes with each typed letter. */
  replace(route: Route): void;
}

function parts(route: Route): readonly (string | undefined)[] {
  if (route.screen === 'applications') return [route.application, route.keyType?.toLowerCase()];
  if (route.screen === 'tokens') return [route.token];
  if (route.screen === 'endpoint') return [route.part, route.guide];
  if (route.screen === 'requests') return [route.part];
  if (route.screen === 'apis') return [route.api, route.part];
  if (route.screen === 'settings') return [route.section];
  return [];
}

/** The address of a route, for links: `#/applications/12/sandbox`, `#/tokens?user=ann`. */
export function hrefOf(route: Route): string {
  const path = [route.screen, ...parts(route)].filter((part) => part !== undefined).map(encodeURIComponent);
  const query = 'filter' in route ? new URLSearchParams(route.filter).toString() : '';
  return `#/${path.join('/')}${query === '' ? '' : `?${query}`}`;
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** Parses an address. Unknown ones give the applications. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [screen, first, second] = path.split('/').map(decoded);
  switch (screen) {
    case 'applications': {
      const keyType = keyTypes.safeParse(second?.toUpperCase()).data;
      return { screen, ...(first && { application: first }), ...(keyType && { keyType }) };
    }
    case 'tokens':
    case 'requests': {
      const filter = Object.fromEntries(new URLSearchParams(query));
      return {
        ...(screen === 'tokens'
          ? { screen, ...(first && { token: first }) }
          : { screen, ...(first && { part: first }) }),
        ...(query !== '' && { filter }),
      };
    }
    case 'settings':
      return { screen, ...(first && { section: first }) };
    case 'devices':
    case 'users':
    case 'scopes':
      return { screen };
    case 'endpoint':
      return { screen, ...(first && { part: first }), ...(second && { guide: second }) };
    case 'apis': {
      const api = /^\d+$/.test(first ?? '') ? first : undefined;
      const part = api === undefined ? first : second;
      return { screen, ...(api && { api }), ...(part && { part }) };
    }
    default:
      return { screen: 'applications' };
  }
}

/** The address for the next start: without a filter, a part that may be a token value, and a request that is gone then. */
function lastingAddress(route: Route): string {
  if (route.screen === 'requests' && route.part !== 'faults') return '#/requests';
  const [address = ''] = hrefOf(route).split('?');
  return preferencesShape.screen.safeParse(address).success ? address : `#/${route.screen}`;
}

/** Written out, because `refusals` imports this file. */
type Uses = UsesPreferences & {
  readonly refusals: { look(): void };
  readonly windowContext: { look(at: undefined): void };
};

export const routeSlice: MakeSlice<RouteSlice, Uses> = ({ get, set, uses, preferences }) => {
  const follow = () => {
    const current = routeOf(location.hash);
    set({ current });
    if (current.screen === 'requests') uses().refusals.look();
    uses().preferences.keep({ screen: lastingAddress(current) });
  };
  if (location.hash === '' && preferences.screen !== undefined) {
    history.replaceState(history.state, '', preferences.screen);
  }
  return {
    current: routeOf(location.hash),
    go(route) {
      location.hash = hrefOf(route);
    },
    replace(route) {
      history.replaceState(history.state, '', hrefOf(route));
      follow();
    },
    start() {
      addEventListener('hashchange', () => {
        const before = get().current.screen;
        follow();
        if (get().current.screen !== before) uses().windowContext.look(undefined);
      });
    },
  };
};
