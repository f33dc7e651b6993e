import { Copy, Pencil, SquareTerminal, Trash2 } from 'lucide-react';
import type { Api } from '../../../preload/contract/apis.ts';
import type { Keyfob } from '../context.ts';
import type { ApiDialog } from '../window/askedDialog.ts';
import { hasContext } from '../window/route.ts';
import type { Verb } from './verb.ts';

export interface ApiVerbActions {
  readonly keyfob: Keyfob;
  ask(dialog: ApiDialog, api: Api): void;
}

const open = ({ store }: Keyfob, { id }: Api): void => store.getState().route.go({ screen: 'apis', api: String(id) });

/** The start of the paths that a template matches. Variables stay as they are: `/orders/{id}`. */
const pathOf = (template: string): string => template.replace(/\/?\*.*$/, '');

/** Shows a call of an API in the snippet pane, on a screen that has the pane. */
export function callApi(keyfob: Keyfob, api: Api): void {
  const { layout, snippets, route } = keyfob.store.getState();
  const { verb = 'GET', template = '/' } =
    api.resources.find((resource) => resource.verb === 'GET') ?? api.resources[0] ?? {};
  if (!hasContext(route.current.screen)) open(keyfob, api);
  snippets.chooseApi({ method: verb, url: `${api.url}${pathOf(template)}` });
  snippets.chooseCall('api');
  layout.openSnippetPane();
}

/** The actions on an API. */
export const apiVerbs: readonly Verb<Api, ApiVerbActions>[] = [
  {
    id: 'edit api',
    words: ['edit', 'change', 'open', 'show'],
    icon: Pencil,
    label: () => 'Edit',
    named: (name) => `Edit ${name}`,
    group: 1,
    run: (api, { keyfob }) => open(keyfob, api),
  },
  {
    id: 'call api',
    words: ['call', 'run', 'try', 'curl'],
    icon: SquareTerminal,
    label: () => 'Call it',
    named: (name) => `Call ${name}`,
    group: 1,
    run: (api, { keyfob }) => callApi(keyfob, api),
  },
  {
    id: 'copy api url',
    words: ['copy', 'url', 'address'],
    icon: Copy,
    label: () => 'Copy the URL',
    named: (name) => `Copy the URL of ${name}`,
    group: 1,
    run: ({ url, name }, { keyfob }) => void keyfob.store.getState().clipboard.copy(`URL of ${name}`, url),
  },
  {
    id: 'delete api',
    words: ['delete', 'remove'],
    icon: Trash2,
    label: () => 'Delete…',
    named: (name) => `Delete the API ${name}…`,
    group: 2,
    danger: true,
    run: (api, { ask }) => ask('delete', api),
  },
];
