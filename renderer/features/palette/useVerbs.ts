import { useMemo } from 'react';
import type { DeviceSet } from '../../../preload/contract/deviceSets.ts';
import type { Token } from '../../../preload/contract/tokens.ts';
import { useKeyfob } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useTokenVerbActions } from '../../store/hooks/topics/useTokenActions.ts';
import { openAndRun } from '../../store/openAndRun.ts';
import { deviceOf } from '../../store/topics/tokens/tokenFacts.ts';
import { apiVerbs } from '../../store/verbs/apiVerbs.ts';
import { applicationVerbs } from '../../store/verbs/applicationVerbs.ts';
import { takeOwner } from '../../store/verbs/deviceSets.ts';
import { deviceSetVerbs } from '../../store/verbs/deviceSetVerbs.ts';
import { tokenVerbs } from '../../store/verbs/tokenVerbs.ts';
import { userVerbs } from '../../store/verbs/userVerbs.ts';
import { namedActions } from '../../store/verbs/verb.ts';
import type { ApiDialog, ApplicationDialog, DeviceSetDialog, UserDialog } from '../../store/window/askedDialog.ts';
import type { PaletteEntry, PaletteGroup } from './entry.ts';
import { readVerb } from './readVerb.ts';
import { setDetail } from './setEntries.ts';

const wordsOf = (verbs: readonly { readonly words: readonly string[] }[]): ReadonlySet<string> =>
  new Set(verbs.flatMap(({ words }) => words));

const ofTokens = wordsOf(tokenVerbs);
const ofSets = wordsOf(deviceSetVerbs);
const ofOthers = wordsOf([...applicationVerbs, ...userVerbs, ...apiVerbs]);
const ofAll = new Set([...ofTokens, ...ofSets, ...ofOthers]);

/** Things of each kind. Typing more narrows the list. */
const mostThings = 6;

/** The verb of a typed text, and the text to find tokens by. */
export interface TypedVerb {
  readonly word: string;
  readonly text: string;
  readonly isOnTokens: boolean;
  readonly isOnSets: boolean;
}

export const typedVerb = (typed: string): TypedVerb | undefined => {
  const read = readVerb(typed, ofAll);
  return read && { ...read, isOnTokens: ofTokens.has(read.word), isOnSets: ofSets.has(read.word) };
};

const entry = (detail: string, actions: ReturnType<typeof namedActions>): readonly PaletteEntry[] =>
  actions.map((action) => ({ ...action, detail, found: true }));

/** Does what a typed verb says with the things that the rest of the text names: "qr of ipad", "edit shop". */
export function useVerbs(verb: TypedVerb | undefined, tokens: readonly Token[]): readonly PaletteGroup[] {
  const keyfob = useKeyfob();
  const ofToken = useTokenVerbActions(({ id }) =>
    openAndRun(keyfob, { screen: 'tokens', token: String(id) }, 'revoke'),
  );
  const applications = useRead('applications.list', {}).value?.items;
  const users = useRead('users.list', {}).value?.items;
  const apis = useRead('apis.list', {}).value?.items;
  const sets = useRead('deviceSets.list', {}).value?.items;
  const screens = useMemo(() => {
    const { askedDialog, route } = keyfob.store.getState();
    return {
      application: {
        keyfob,
        ask(dialog: ApplicationDialog, { id }: { readonly id: number }) {
          askedDialog.ask({ kind: 'application', id, dialog });
          route.go({ screen: 'applications', application: String(id) });
        },
      },
      user: {
        keyfob,
        ask(dialog: UserDialog, { id }: { readonly id: number }) {
          askedDialog.ask({ kind: 'user', id, dialog });
          route.go({ screen: 'users' });
        },
      },
      api: {
        keyfob,
        ask(dialog: ApiDialog, { id }: { readonly id: number }) {
          askedDialog.ask({ kind: 'api', id, dialog });
          route.go({ screen: 'apis', api: String(id) });
        },
      },
      deviceSet: {
        keyfob,
        async ask(dialog: DeviceSetDialog, set: DeviceSet) {
          await takeOwner(keyfob, set);
          askedDialog.ask({ kind: 'deviceSet', id: set.id, dialog });
          route.go({ screen: 'devices' });
        },
      },
    };
  }, [keyfob]);
  if (verb === undefined) return [];
  const { word, text } = verb;
  const named = <Thing>(things: readonly Thing[] = [], nameOf: (thing: Thing) => string) =>
    things.filter((thing) => nameOf(thing).toLowerCase().includes(text.toLowerCase())).slice(0, mostThings);
  const apiName = ({ name, version }: { readonly name: string; readonly version: string }) => `${name}/${version}`;
  return [
    {
      heading: 'Do with a token',
      entries: tokens.flatMap((token) =>
        entry(`${token.application} · ${token.user}`, namedActions(tokenVerbs, word, token, deviceOf(token), ofToken)),
      ),
    },
    {
      heading: 'Do with a device set',
      entries: named(sets, ({ name }) => name).flatMap((one) =>
        entry(setDetail(one), namedActions(deviceSetVerbs, word, one, one.name, screens.deviceSet)),
      ),
    },
    {
      heading: 'Do with an application',
      entries: named(applications, ({ name }) => name).flatMap((one) =>
        entry(`owned by ${one.owner}`, namedActions(applicationVerbs, word, one, one.name, screens.application)),
      ),
    },
    {
      heading: 'Do with a user',
      entries: named(users, ({ username }) => username).flatMap((one) =>
        entry('user', namedActions(userVerbs, word, one, one.username, screens.user)),
      ),
    },
    {
      heading: 'Do with an API',
      entries: named(apis, apiName).flatMap((one) =>
        entry(one.basePath, namedActions(apiVerbs, word, one, apiName(one), screens.api)),
      ),
    },
  ];
}
