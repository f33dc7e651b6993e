import { AppWindow, Ticket, User, Waypoints } from 'lucide-react';
import { useDeferredValue } from 'react';
import type { InputOf } from '../../../preload/contract/define.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { Token } from '../../../preload/contract/tokens.ts';
import { useKeyfob } from '../../store/context.ts';
import { useFreshRead } from '../../store/hooks/calls/useFreshRead.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useGo } from '../../store/hooks/window/window.ts';
import { tokenState } from '../../ui/facts/tokenState.ts';
import type { PaletteEntry, PaletteGroup } from './entry.ts';
import { setEntries } from './setEntries.ts';
import { type TypedVerb, typedVerb, useVerbs } from './useVerbs.ts';

const tokensShown = 6;
/** Whether a text may be a token's value. */
const tokenValue = /^[\w.-]{20,2048}$/;

/** The tokens to find. A verb alone acts on the newest active ones. */
function tokensToRead(typed: string, verb: TypedVerb | undefined): InputOf<MethodOf<'tokens.list'>> | undefined {
  const text = (verb?.text ?? typed).slice(0, 200);
  if (text.length >= 2) return { text, limit: tokensShown };
  return verb?.isOnTokens === true && text === '' ? { state: 'ACTIVE', limit: tokensShown } : undefined;
}

/**
 * Applications, users, APIs, device sets and tokens that match the typed text, and whether the search for tokens still runs.
 * The text is not stored, as it may be a secret.
 */
export function useFound(search: string): { readonly groups: readonly PaletteGroup[]; readonly searching: boolean } {
  const keyfob = useKeyfob();
  const go = useGo();
  const { value: applications } = useRead('applications.list', {});
  const { value: users } = useRead('users.list', {});
  const { value: apis } = useRead('apis.list', {});
  const { value: sets } = useRead('deviceSets.list', {});
  const typed = useDeferredValue(search);
  const verb = typedVerb(typed);
  const wanted = tokensToRead(typed, verb);
  const { value: tokens, error } = useFreshRead('tokens.list', wanted);
  const searching = typed !== search || (wanted !== undefined && tokens === undefined && error === undefined);
  // A device may be called like a verb.
  const isAlone = verb?.text === '' && typed.length >= 2;
  const { value: alike } = useFreshRead('tokens.list', isAlone ? { text: typed, limit: tokensShown } : undefined);
  const { value: named } = useFreshRead('tokens.read', tokenValue.test(typed) ? { token: typed } : undefined);

  const token = ({ id, application, user, device, state, valid }: Token): PaletteEntry => ({
    id: `token ${id}`,
    label: device ?? `Token ${id}`,
    detail: `${application} · ${user} · ${tokenState(state, state === 'ACTIVE' && !valid).word}`,
    icon: Ticket,
    found: true,
    run: () => go({ screen: 'tokens', token: String(id) }),
  });

  const found = [...(named === undefined ? [] : [named]), ...(tokens?.items ?? [])];
  const verbs = useVerbs(verb, found);
  const groups: readonly PaletteGroup[] = [
    ...verbs,
    {
      heading: 'Applications',
      entries: (applications?.items ?? []).map(({ id, name, owner, description }) => ({
        id: `application ${id}`,
        label: name,
        detail: `owned by ${owner}`,
        keywords: [owner, description],
        icon: AppWindow,
        run: () => go({ screen: 'applications', application: String(id) }),
      })),
    },
    {
      heading: 'Users',
      entries: (users?.items ?? []).map(({ id, username, roles }) => ({
        id: `user ${id}`,
        label: username,
        detail: 'the tokens of this user',
        keywords: roles,
        icon: User,
        run: () => go({ screen: 'tokens', filter: { user: username } }),
      })),
    },
    {
      heading: 'APIs',
      entries: (apis?.items ?? []).map(({ id, name, version, basePath, description }) => ({
        id: `api ${id}`,
        label: `${name}/${version}`,
        detail: basePath,
        keywords: [description],
        icon: Waypoints,
        run: () => go({ screen: 'apis', api: String(id) }),
      })),
    },
    // A verb has its own entries for them.
    { heading: 'Device sets', entries: verb?.isOnSets === true ? [] : setEntries(keyfob, sets?.items ?? []) },
    { heading: 'Tokens', entries: (verb === undefined ? found : (alike?.items ?? [])).map(token) },
  ];
  return { groups, searching };
}
