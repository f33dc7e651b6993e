import { useCallback, useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { SecretOfSnippet } from '../../../preload/contract/snippets.ts';
import { useKeyfob } from '../context.ts';
import { staleAfter } from '../core/staleAfter.ts';
import type { SnippetInput } from '../topics/snippets.ts';
import { useFreshRead } from './useFreshRead.ts';

export type Snippet = OutputOf<MethodOf<'snippets.render'>>;

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
  const { value, error } = useFreshRead('snippets.render', asked, {
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
    again,
    async fetchText() {
      if (input === undefined) throw new Error('There is no command yet.');
      return (await host.call('snippets.render', input)).text;
    },
  };
}
