import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { InputOf } from '../../../preload/contract/define.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { Shell } from '../../../preload/contract/snippets.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/useRead.ts';
import { useSnippet } from '../../store/hooks/useSnippet.ts';
import { usePresenting } from '../../store/hooks/window.ts';
import { shells } from '../../store/topics/shells.ts';
import { IconButton } from '../../ui/buttons/IconButton.tsx';
import { Select } from '../../ui/choices/Select.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { CodeBlock } from '../../ui/secrets/CodeBlock.tsx';
import { CopyButton } from '../../ui/secrets/CopyButton.tsx';
import { useRevealed } from '../../ui/secrets/useRevealed.ts';
import styles from './ReadyCommand.module.css';

type Whose = Pick<InputOf<MethodOf<'snippets.render'>>, 'application' | 'keyType' | 'username' | 'device'>;

/** Shown like any secret: for 30 s, and while the window has the focus. */
const maskAfterMs = 30_000;

interface CommandProps {
  readonly whose: Whose;
  readonly shell: Shell;
  /** A button next to Copy. */
  readonly leave: ReactNode;
}

/** The command for one shell. Its secrets are masked after a while; copying always includes them. */
const Command = ({ whose, shell, leave }: CommandProps) => {
  const choose = useKeyfobState((state) => state.snippets.chooseShell);
  const presenting = usePresenting();
  const { snippet, error, fetchText } = useSnippet({ ...whose, shell, secrets: 'real' });
  const { revealed, show, hide } = useRevealed(fetchText, presenting, maskAfterMs);
  const buttons = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: revealed once, when this shell's command arrives
  useEffect(() => void show(), []);
  useEffect(() => {
    if (document.activeElement === document.body) buttons.current?.querySelector('button')?.focus();
  }, []);

  const shown = revealed.state === 'shown';
  const problem = revealed.state === 'failed' ? revealed.problem : error?.message;
  return (
    <div className={styles.root}>
      {problem !== undefined && <ErrorNote title="The command was not written.">{problem}</ErrorNote>}
      <CodeBlock
        label="curl command"
        text={shown ? revealed.value : (snippet?.text ?? '')}
        getText={fetchText}
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
      {snippet?.notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
      <div ref={buttons} className={styles.buttons}>
        <CopyButton secret look="primary" size="large" label="Copy the command" what="command" getText={fetchText} />
        {leave}
      </div>
    </div>
  );
};

/** The command that works, for the chosen shell. */
export const ReadyCommand = ({ whose, leave }: Omit<CommandProps, 'shell'>) => {
  const shell = useKeyfobState((state) => state.snippets.shell);
  // The command contains the endpoint's address, so read it again when that changes.
  const url = useRead('endpoint.status', {}).value?.tokenUrl;
  return <Command key={`${shell} ${url}`} whose={whose} shell={shell} leave={leave} />;
};
