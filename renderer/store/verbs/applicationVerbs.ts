import { Crosshair, Download, Pencil, Smartphone, Ticket, Trash2 } from 'lucide-react';
import type { Application } from '../../../preload/contract/applications.ts';
import type { Keyfob } from '../context.ts';
import type { ApplicationDialog } from '../window/askedDialog.ts';
import type { Verb } from './verb.ts';

export interface ApplicationVerbActions {
  readonly keyfob: Keyfob;
  ask(dialog: ApplicationDialog, application: Application): void;
}

const use = ({ store }: Keyfob, { id }: Application): void => store.getState().windowContext.use({ applicationId: id });

/** The actions on an application. */
export const applicationVerbs: readonly Verb<Application, ApplicationVerbActions>[] = [
  {
    id: 'use application',
    words: ['use', 'choose', 'pick', 'switch'],
    icon: Crosshair,
    label: () => 'Use this',
    named: (name) => `Use ${name} in the context`,
    group: 1,
    run: (application, { keyfob }) => use(keyfob, application),
  },
  {
    id: 'mint for application',
    words: ['mint', 'issue'],
    icon: Smartphone,
    label: () => 'Mint device tokens',
    named: (name) => `Mint device tokens of ${name}`,
    group: 1,
    run(application, { keyfob }) {
      use(keyfob, application);
      keyfob.store.getState().route.go({ screen: 'devices' });
    },
  },
  {
    id: 'tokens of application',
    words: ['tokens', 'token', 'show', 'list'],
    icon: Ticket,
    label: () => 'Show the tokens',
    named: (name) => `Show the tokens of ${name}`,
    group: 1,
    run: ({ name }, { keyfob }) =>
      keyfob.store.getState().route.go({ screen: 'tokens', filter: { application: name } }),
  },
  {
    id: 'edit application',
    words: ['edit', 'change', 'rename'],
    icon: Pencil,
    label: () => 'Edit…',
    named: (name) => `Edit ${name}…`,
    group: 1,
    run: (application, { ask }) => ask('edit', application),
  },
  {
    id: 'export application',
    words: ['export', 'share', 'save'],
    icon: Download,
    label: () => 'Export…',
    named: (name) => `Export ${name}…`,
    group: 1,
    run: (application, { ask }) => ask('export', application),
  },
  {
    id: 'delete application',
    words: ['delete', 'remove'],
    icon: Trash2,
    label: () => 'Delete…',
    named: (name) => `Delete the application ${name}…`,
    group: 2,
    danger: true,
    run: (application, { ask }) => ask('delete', application),
  },
];
