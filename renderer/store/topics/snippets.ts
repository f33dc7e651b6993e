import type { InputOf } from '../../../preload/contract/define.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { Preferences } from '../../../preload/contract/preferences.ts';
import type { SecretsMode, Shell, SnippetCall } from '../../../preload/contract/snippets.ts';
import type { MakeSlice } from '../core/slice.ts';
import type { UsesPreferences } from '../window/preferences.ts';

export type SnippetInput = InputOf<MethodOf<'snippets.render'>>;

/** How snippets are written; their text holds secrets and is never kept here. */
export interface SnippetsSlice {
  readonly call: SnippetCall;
  readonly shell: Shell;
  readonly secrets: SecretsMode;
  /** `-k` instead of `--cacert`. */
  readonly insecure: boolean;
  /** Whether long lines wrap. */
  readonly wraps: boolean;
  /** Extra scopes for the context's tokens, separated by spaces: by the application's id. */
  readonly scopes: Readonly<Record<number, string>>;
  /** The API to call. Not remembered beyond this window, as an address may hold secrets. */
  readonly api: { readonly method: NonNullable<SnippetInput['method']>; readonly url: string };
  chooseCall(call: SnippetCall): void;
  chooseShell(shell: Shell): void;
  chooseSecrets(secrets: SecretsMode): void;
  chooseInsecure(insecure: boolean): void;
  chooseWraps(wraps: boolean): void;
  chooseScope(applicationId: number, scope: string): void;
  chooseApi(api: SnippetsSlice['api']): void;
  /** Another window chose how commands are written. */
  follow(preferences: Preferences): void;
}

/** What a terminal of this system most likely runs. */
const usualShell = (): Shell => (/Windows/.test(navigator.userAgent) ? 'powershell' : 'bash');

/** How commands are written, which every window of the data folder shares. */
const writing = ({ shell, secrets, insecure, wraps }: Preferences) => ({
  shell: shell ?? usualShell(),
  secrets: secrets ?? 'real',
  insecure: insecure ?? false,
  wraps: wraps ?? true,
});

export const snippetsSlice: MakeSlice<SnippetsSlice, UsesPreferences> = ({ get, set, uses, preferences }) => {
  const keep = (choice: Pick<Preferences, 'call' | 'shell' | 'secrets' | 'insecure' | 'wraps'>) => {
    uses().preferences.keep(choice);
    set(choice as Partial<SnippetsSlice>);
  };
  return {
    call: preferences.call ?? 'token',
    ...writing(preferences),
    scopes: {},
    api: { method: 'GET', url: '' },
    chooseCall: (call) => keep({ call }),
    chooseShell: (shell) => keep({ shell }),
    chooseSecrets: (secrets) => keep({ secrets }),
    chooseInsecure: (insecure) => keep({ insecure }),
    chooseWraps: (wraps) => keep({ wraps }),
    chooseScope: (applicationId, scope) => set({ scopes: { ...get().scopes, [applicationId]: scope } }),
    chooseApi: (api) => set({ api }),
    follow: (kept) => set(writing(kept)),
  };
};
