import { useCallback, useEffect, useRef, useState } from 'react';
import type { InputOf, OutputOf } from '../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { Preferences } from '../../../preload/contract/preferences.ts';
import type { SecretOfSnippet, SecretsMode, Shell, SnippetCall } from '../../../preload/contract/snippets.ts';
import { useKeyfob } from '../context.ts';
import type { MakeSlice } from '../slice.ts';
import { useFreshRead } from '../useCall.ts';

export type SnippetInput = InputOf<MethodOf<'snippets.render'>>;
export type Snippet = OutputOf<MethodOf<'snippets.render'>>;

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

export const snippetsSlice: MakeSlice<SnippetsSlice> = ({ get, set, preferences }) => {
  const keep = (choice: Pick<Preferences, 'call' | 'shell' | 'secrets' | 'insecure' | 'wraps'>) => {
    get().preferences.keep(choice);
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
    chooseScope: (applicationId, scope) => set({ scopes: { ...get().snippets.scopes, [applicationId]: scope } }),
    chooseApi: (api) => set({ api }),
    follow: (kept) => set(writing(kept)),
  };
};

/** After these a command may be another: its keys, its token, its URL. */
const staleAfter = [
  'applications.changed',
  'endpoint.changed',
  'keys.changed',
  'scopes.changed',
  'settings.changed',
  'tokens.changed',
  'users.changed',
] as const;

/** A command as it may lie on the screen: no secret in it. */
export interface ShownSnippet {
  /** Under `real` with dots where the secrets are. The text before, while this one is being written. */
  readonly snippet: Snippet | undefined;
  readonly error: KeyfobError | undefined;
  /** Writes it again, since time went by. */
  again(): void;
  /** The command as it runs, with its secrets under `real`. For the clipboard, or while it is shown. */
  fetchText(): Promise<string>;
}

/** Always as many, so that they do not tell the length. */
const dots = '•'.repeat(6);

/** The command with dots for its secrets, and without the notes on filling them in; what is not kept has to be filled in. */
function masked({ text, notes, secrets, ...rest }: Snippet): Snippet {
  const written = secrets.filter(({ notKept }) => notKept !== true);
  const hide = (shown: string, { placeholder }: SecretOfSnippet) => shown.replaceAll(placeholder, dots);
  const isOnSecrets = (note: string) => written.some(({ placeholder }) => note.includes(placeholder));
  return { ...rest, secrets, text: written.reduce(hide, text), notes: notes.filter((note) => !isOnSecrets(note)) };
}

/** A call as a command, written again whenever something that it depends on changes. `undefined`: nothing is asked. */
export function useSnippet(input: SnippetInput | undefined): ShownSnippet {
  const { host } = useKeyfob();
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);
  const real = input?.secrets === 'real';
  const asked = input && { ...input, secrets: real ? ('placeholder' as const) : input.secrets };
  const { value, error } = useFreshRead('snippets.render', asked, { round, staleAfter });
  const last = useRef<Snippet>(undefined);
  useEffect(() => {
    if (value !== undefined) last.current = value;
  });
  const snippet = value ?? (input === undefined || error !== undefined ? undefined : last.current);
  return {
    snippet: snippet && real ? masked(snippet) : snippet,
    error,
    again,
    async fetchText() {
      if (input === undefined) throw new Error('There is no command yet.');
      return (await host.call('snippets.render', input)).text;
    },
  };
}
