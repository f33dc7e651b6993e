import { Eye, EyeOff, Play } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { InputOf } from '../../../preload/contract/define.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { Shell } from '../../../preload/contract/snippets.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useRun } from '../../store/hooks/topics/useRun.ts';
import { useSnippet } from '../../store/hooks/topics/useSnippet.ts';
import { usePresenting } from '../../store/hooks/window/window.ts';
import { shells } from '../../store/topics/snippetForms.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { IconButton } from '../../ui/buttons/IconButton.tsx';
import { SegmentedControl } from '../../ui/choices/SegmentedControl.tsx';
import { Select } from '../../ui/choices/Select.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { RunResult } from '../../ui/reply/RunResult.tsx';
import { CodeBlock } from '../../ui/secrets/CodeBlock.tsx';
import { CopyButton } from '../../ui/secrets/CopyButton.tsx';
import { useRevealed } from '../../ui/secrets/useRevealed.ts';
import styles from './ReadyCommand.module.css';

type Whose = Pick<InputOf<MethodOf<'snippets.render'>>, 'application' | 'keyType' | 'username' | 'device'>;

/** Shown like any secret: for 30 s, and while the window has the focus. */
const maskAfterMs = 30_000;

const calls = [
  { value: 'token', label: 'Get a token' },
  { value: 'api', label: 'Call the API with it' },
] as const;
type FirstCall = (typeof calls)[number]['value'];

interface CommandProps {
  readonly whose: Whose;
  readonly call: FirstCall;
  readonly shell: Shell;
  /** A button next to Copy. */
  readonly leave: ReactNode;
}

/** The command for one shell. Its secrets are masked after a while; copying always includes them. */
const Command = ({ whose, call, shell, leave }: CommandProps) => {
  const choose = useKeyfobState((state) => state.snippets.chooseForm);
  const presenting = usePresenting();
  const input = { ...whose, call, shell, secrets: 'real' } as const;
  const { snippet, error, fetchText } = useSnippet(input);
  const run = useRun();
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
        <Button
          size="large"
          icon={Play}
          loading={run.running}
          disabled={error !== undefined}
          onClick={() => run.start(input, snippet?.tokenId)}
        >
          Run it here
        </Button>
        {leave}
      </div>
      <RunResult
        running={run.running}
        onStop={run.stop}
        reply={run.reply}
        problem={run.error?.message}
        fetchBody={run.fetchBody}
        concealed={presenting}
        onDismiss={run.forget}
      />
    </div>
  );
};

/** The commands that work, for the chosen shell: one gets a token, the other calls an API with it. */
export const ReadyCommand = ({ whose, leave }: Pick<CommandProps, 'whose' | 'leave'>) => {
  const [call, setCall] = useState<FirstCall>('token');
  const shell = useKeyfobState((state) => state.snippets.shell);
  // The command contains the endpoint's address, so read it again when that changes.
  const url = useRead('endpoint.status', {}).value?.tokenUrl;
  return (
    <>
      <SegmentedControl aria-label="Command" segments={calls} value={call} onChange={setCall} />
      <Command key={`${call} ${shell} ${url}`} {...{ whose, call, shell, leave }} />
    </>
  );
};
