import type { InputOf } from '../../../preload/contract/define.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { Preferences } from '../../../preload/contract/preferences.ts';
import type {
  RunnableCall,
  SecretsMode,
  Shell,
  SnippetCall,
  SnippetClient,
  SnippetForm,
  SnippetTarget,
} from '../../../preload/contract/snippets.ts';
import type { MakeSlice } from '../core/slice.ts';
import type { UsesPreferences } from '../window/preferences.ts';
import { choicesOf } from './snippetForms.ts';

export type SnippetInput = InputOf<MethodOf<'snippets.render'>>;
/** The input of a call that needs no browser. */
export type RunnableInput = Omit<SnippetInput, 'call'> & { readonly call?: RunnableCall };

/** A call to run. `takesFocus`: its button gets the focus, because the pressed one disappears. */
interface QueuedRun {
  readonly call: SnippetCall;
  readonly takesFocus: boolean;
}

/** The choices for snippets. Their text holds secrets and is never kept here. */
export interface SnippetsSlice {
  readonly call: SnippetCall;
  /** A call that runs as soon as the pane shows its command. */
  readonly queued: QueuedRun | undefined;
  /** Whether the dialog that shares the shown call is open. */
  readonly sharing: boolean;
  readonly client: SnippetClient;
  /** The shell of curl commands. */
  readonly shell: Shell;
  readonly secrets: SecretsMode;
  /** Skip the check of certificates, like curl's `-k`. */
  readonly insecure: boolean;
  /** Calls of provided keys go there. Not stored: their server is the default. */
  readonly target: SnippetTarget;
  /** Whether long lines wrap. */
  readonly wraps: boolean;
  /** Extra scopes for the tokens of the context, separated by spaces, by application id. */
  readonly scopes: Readonly<Record<number, string>>;
  /** The API to call. Not stored, because a URL may hold secrets. */
  readonly api: { readonly method: NonNullable<SnippetInput['method']>; readonly url: string };
  chooseCall(call: SnippetCall): void;
  /** Shows a call in the pane and runs it. */
  queueRun(call: SnippetCall, takesFocus: boolean): void;
  /** Forgets the queued call, because it runs or cannot. */
  unqueue(): void;
  /** Shares the shown call. A sign-in is shared as the token call. */
  share(): void;
  endShare(): void;
  chooseForm(form: SnippetForm): void;
  chooseSecrets(secrets: SecretsMode): void;
  chooseInsecure(insecure: boolean): void;
  chooseTarget(target: SnippetTarget): void;
  chooseWraps(wraps: boolean): void;
  chooseScope(applicationId: number, scope: string): void;
  chooseApi(api: SnippetsSlice['api']): void;
  /** Takes the choices of another window. */
  follow(preferences: Preferences): void;
}

/** The most likely shell of this system. */
const usualShell = (): Shell => (/Windows/.test(navigator.userAgent) ? 'powershell' : 'bash');

/** The choices that all windows of the data folder share. */
const writing = ({ client, shell, secrets, insecure, wraps }: Preferences) => ({
  client: client ?? ('curl' as const),
  shell: shell ?? usualShell(),
  secrets: secrets ?? 'real',
  insecure: insecure ?? false,
  wraps: wraps ?? true,
});

export const snippetsSlice: MakeSlice<SnippetsSlice, UsesPreferences> = ({ get, set, uses, preferences }) => {
  const keep = (choice: Pick<Preferences, 'call' | 'client' | 'shell' | 'secrets' | 'insecure' | 'wraps'>) => {
    uses().preferences.keep(choice);
    set(choice as Partial<SnippetsSlice>);
  };
  return {
    call: preferences.call ?? 'token',
    queued: undefined,
    sharing: false,
    ...writing(preferences),
    target: 'server',
    scopes: {},
    api: { method: 'GET', url: '' },
    chooseCall(call) {
      keep({ call });
      set({ queued: undefined });
    },
    queueRun(call, takesFocus) {
      keep({ call });
      set({ queued: { call, takesFocus } });
    },
    unqueue: () => set({ queued: undefined }),
    share() {
      if (get().call === 'code') keep({ call: 'token' });
      set({ sharing: true });
    },
    endShare: () => set({ sharing: false }),
    chooseForm: (form) => keep(choicesOf(form)),
    chooseSecrets: (secrets) => keep({ secrets }),
    chooseInsecure: (insecure) => keep({ insecure }),
    chooseTarget: (target) => set({ target }),
    chooseWraps: (wraps) => keep({ wraps }),
    chooseScope: (applicationId, scope) => set({ scopes: { ...get().scopes, [applicationId]: scope } }),
    chooseApi: (api) => set({ api }),
    follow: (kept) => set(writing(kept)),
    vaultLocked: () => set({ sharing: false, queued: undefined }),
  };
};
