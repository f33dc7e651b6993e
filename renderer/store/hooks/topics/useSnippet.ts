import { useCallback, useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { SecretOfSnippet } from '../../../../preload/contract/snippets.ts';
import { useKeyfob, useKeyfobState } from '../../context.ts';
import { staleAfter } from '../../core/staleAfter.ts';
import { clientName } from '../../topics/snippetForms.ts';
import type { SnippetInput } from '../../topics/snippets.ts';
import { useFreshRead } from '../calls/useFreshRead.ts';

export type Snippet = OutputOf<MethodOf<'snippets.render'>>;

/** The client of copied snippets, as buttons name it. */
export const useClientName = (): string => useKeyfobState(({ snippets }) => clientName(snippets.client));

/** A command without secrets, safe to show on the screen. */
export interface ShownSnippet {
  /** Under `real`, dots replace the secrets. While a new text is rendered, the last one stays. */
  readonly snippet: Snippet | undefined;
  readonly error: KeyfobError | undefined;
  /** Whether `snippet` belongs to the current input. */
  readonly isCurrent: boolean;
  /** Renders it again, because time passed. */
  again(): void;
  /** The command as it runs, with real secrets under `real`. For the clipboard, or while a person reveals it. */
  fetchText(): Promise<string>;
}

/** A fixed number, so that it doesn't show the length of the secret. */
const dots = '•'.repeat(6);

/** Replaces stored secrets by dots and drops the notes about them. Secrets that Keyfob doesn't store stay placeholders. */
function masked({ text, notes, secrets, ...rest }: Snippet): Snippet {
  const written = secrets.filter(({ notKept }) => notKept !== true);
  const hide = (shown: string, { placeholder }: SecretOfSnippet) => shown.replaceAll(placeholder, dots);
  const isOnSecrets = (note: string) => written.some(({ placeholder }) => note.includes(placeholder));
  return { ...rest, secrets, text: written.reduce(hide, text), notes: notes.filter((note) => !isOnSecrets(note)) };
}

/** Renders a call as a command, and again whenever something that it depends on changes. `undefined`: renders nothing. */
export function useSnippet(input: SnippetInput | undefined): ShownSnippet {
  const { host } = useKeyfob();
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);
  const real = input?.secrets === 'real';
  const shownInput = real ? { ...input, secrets: 'placeholder' as const, ca: 'path' as const } : input;
  const { value, error } = useFreshRead('snippets.render', shownInput, {
    round,
    staleAfter: staleAfter['snippets.render'],
  });
  const last = useRef<Snippet>(undefined);
  useEffect(() => {
    if (value !== undefined) last.current = value;
  });
  const snippet = value ?? (input === undefined || error !== undefined ? undefined : last.current);
  return {
    snippet: snippet && real ? masked(snippet) : snippet,
    error,
    isCurrent: value !== undefined,
    again,
    async fetchText() {
      if (input === undefined) throw new Error('There is no command yet.');
      return (await host.call('snippets.render', input)).text;
    },
  };
}
