import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { InputOf } from '../../../preload/contract/define.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { Shell } from '../../../preload/contract/snippets.ts';
import { useKeyfob, useKeyfobState } from '../../store/context.ts';
import { usePresenting } from '../../store/presenting.ts';
import { useRead } from '../../store/reads.ts';
import { shells } from '../../store/shells.ts';
import { useFreshRead } from '../../store/useCall.ts';
import { CodeBlock } from '../../ui/CodeBlock.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Select } from '../../ui/Select.tsx';
import { useRevealed } from '../../ui/useRevealed.ts';
import styles from './ReadyCommand.module.css';

type Whose = Pick<InputOf<MethodOf<'snippets.render'>>, 'application' | 'keyType' | 'username' | 'device'>;

/** Shown like any secret: for 30 s, and not while the window is left. */
const maskAfterMs = 30_000;

interface CommandProps {
  readonly whose: Whose;
  readonly shell: Shell;
  /** Beside copying. */
  readonly leave: ReactNode;
}

/** One shell's command, with its secrets until they hide; what is copied always has them. */
const Command = ({ whose, shell, leave }: CommandProps) => {
  const { host } = useKeyfob();
  const choose = useKeyfobState((state) => state.snippets.chooseShell);
  const presenting = usePresenting();
  const hidden = useFreshRead('snippets.render', { ...whose, shell, secrets: 'placeholder' });
  const [notes, setNotes] = useState<readonly string[]>([]);
  const real = async () => {
    const rendered = await host.call('snippets.render', { ...whose, shell, secrets: 'real' });
    setNotes(rendered.notes);
    return rendered.text;
  };
  const { revealed, show, hide } = useRevealed(real, presenting, maskAfterMs);
  const buttons = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown by itself once, when this shell's command comes
  useEffect(() => void show(), []);
  useEffect(() => {
    if (document.activeElement === document.body) buttons.current?.querySelector('button')?.focus();
  }, []);

  const shown = revealed.state === 'shown';
  const problem = revealed.state === 'failed' ? revealed.problem : hidden.error?.message;
  return (
    <div className={styles.root}>
      {problem !== undefined && <ErrorNote title="The command was not written.">{problem}</ErrorNote>}
      <CodeBlock
        label="curl command"
        text={shown ? revealed.value : (hidden.value?.text ?? '')}
        getText={real}
        secret
        wrap
        actions={
          <>
            <div className={styles.shell}>
              <Select size="small" aria-label="Shell" options={shells} value={shell} onChange={choose} />
            </div>
            <IconButton
              icon={shown ? EyeOff : Eye}
              name={shown ? 'Hide the secrets' : 'Show the secrets'}
              size="small"
              aria-disabled={presenting}
              onClick={() => (shown ? hide() : void show())}
            />
          </>
        }
      />
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
      <div ref={buttons} className={styles.buttons}>
        <CopyButton secret look="primary" size="large" label="Copy the command" what="command" getText={real} />
        {leave}
      </div>
    </div>
  );
};

/** The command that works, for the shell that was chosen. */
export const ReadyCommand = ({ whose, leave }: Omit<CommandProps, 'shell'>) => {
  const shell = useKeyfobState((state) => state.snippets.shell);
  // Where it is asked belongs to the command as well.
  const url = useRead('endpoint.status', {}).value?.tokenUrl;
  return <Command key={`${shell} ${url}`} whose={whose} shell={shell} leave={leave} />;
};
