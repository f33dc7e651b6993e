import { Eye, EyeOff, Share2 } from 'lucide-react';
import { useEffect } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import type { Snippet } from '../../store/hooks/topics/useSnippet.ts';
import { usePresenting } from '../../store/hooks/window/window.ts';
import { snippetName } from '../../store/topics/snippetForms.ts';
import { IconButton } from '../../ui/buttons/IconButton.tsx';
import { CodeBlock } from '../../ui/secrets/CodeBlock.tsx';
import { useRevealed } from '../../ui/secrets/useRevealed.ts';
import { RunButton } from './run/RunButton.tsx';
import type { PaneRun } from './run/usePaneRun.ts';

interface CommandProps {
  readonly snippet: Snippet | undefined;
  /** The command as it runs. */
  readonly fetchText: () => Promise<string>;
  /** Whether the command contains secrets. */
  readonly secret: boolean;
  /** Absent where the command alone cannot run. */
  readonly run?: PaneRun;
  /** Opens the dialog that shares the call. */
  readonly onShare?: () => void;
  /** Why it cannot run from here. */
  readonly whyNoRun?: string | undefined;
}

const maskAfterMs = 30_000;

/** A command or program. Its secrets are masked until a person shows them; copying includes them. */
export const Command = ({ snippet, fetchText, secret, run, onShare, whyNoRun }: CommandProps) => {
  const { client, wraps, chooseWraps } = useKeyfobState((state) => state.snippets);
  const presenting = usePresenting();
  const { revealed, show, hide } = useRevealed(fetchText, presenting, maskAfterMs);
  const text = snippet?.text ?? '';
  // A changed command may contain other secrets than the shown ones.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text hides the shown secrets
  useEffect(() => hide(), [text, hide]);
  const open = revealed.state === 'shown' || revealed.state === 'asking';
  return (
    <CodeBlock
      label={snippetName(client)}
      text={revealed.state === 'shown' ? revealed.value : revealed.state === 'failed' ? revealed.problem : text}
      getText={fetchText}
      secret={secret}
      copyLabel="Copy"
      wrap={wraps}
      onWrap={chooseWraps}
      after={run && <RunButton run={run} whyNot={whyNoRun} />}
      actions={
        <>
          {onShare && <IconButton icon={Share2} name="Share this call…" size="small" onClick={onShare} />}
          {secret && (
            <IconButton
              icon={open ? EyeOff : Eye}
              name={open ? 'Hide the secrets' : 'Show the secrets'}
              hint={presenting ? 'Hidden while presenting' : open ? 'Hide' : 'Show'}
              size="small"
              aria-disabled={presenting}
              onClick={() => (open ? hide() : void show())}
            />
          )}
        </>
      }
    />
  );
};
