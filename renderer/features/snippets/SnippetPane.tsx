import { PanelRightClose, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { IconButton } from '../../ui/buttons/IconButton.tsx';
import { keyTypeNames } from '../../ui/facts/keyTypeNames.ts';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Panel } from '../../ui/layout/Panel.tsx';
import { Tabs } from '../../ui/layout/Tabs.tsx';
import { Call } from './Call.tsx';
import styles from './SnippetPane.module.css';
import { CodeCall } from './signIn/CodeCall.tsx';
import { type Target, useTarget } from './useTarget.ts';
import { calls } from './words.ts';

/** Says that the commands are about a viewed row or page, not the context, and offers to change that. */
const Looked = ({ target }: { readonly target: Target }) => {
  const { lookedAt, take, look } = useKeyfobState((state) => state.windowContext);
  const { application, keyType, username, device, tokenId } = target;
  const whose = [device, username ?? 'no user', application.name, keyTypeNames[keyType]];
  return (
    <div className={styles.looked} role="status">
      <div className={styles.lookedWords}>
        <strong>Showing {tokenId === undefined ? application.name : `token ${tokenId}`}</strong>
        <span>{whose.filter(Boolean).join(' · ')}</span>
      </div>
      <Button size="small" onClick={() => lookedAt && void take(lookedAt)}>
        Use this
      </Button>
      <IconButton size="small" icon={X} name="Back to the context" onClick={() => look(undefined)} />
    </div>
  );
};

const Calls = ({ target }: { readonly target: Target }) => {
  const { call: chosen, chooseCall } = useKeyfobState((state) => state.snippets);
  const [isHere, setIsHere] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notes where the focus is
    <div onFocus={() => setIsHere(true)} onBlur={() => setIsHere(false)}>
      <Tabs
        aria-label="Calls"
        className={styles.calls ?? ''}
        value={chosen === 'code' ? 'token' : chosen}
        onChange={chooseCall}
        tabs={calls.map(({ value, label }) => ({
          ...{ value, label },
          content:
            value === 'token' && chosen === 'code' ? (
              <CodeCall target={target} isHere={isHere} />
            ) : (
              <Call call={value} target={target} isHere={isHere} />
            ),
        }))}
      />
    </div>
  );
};

/** The calls of the context, or of a viewed row, as commands that run when pasted. */
export const SnippetPane = () => {
  const target = useTarget();
  const toggle = useKeyfobState((state) => state.layout.toggleSnippetPane);
  const { sharing, endShare, queued, unqueue } = useKeyfobState((state) => state.snippets);
  const isMissing = target !== undefined && 'missing' in target;
  useEffect(() => {
    // A later target must not be shared or called.
    if (isMissing && sharing) endShare();
    if (isMissing && queued !== undefined) unqueue();
  }, [isMissing, sharing, endShare, queued, unqueue]);
  return (
    <Panel
      title="Snippets"
      actions={<IconButton icon={PanelRightClose} name="Hide this pane" size="small" onClick={toggle} />}
    >
      {target === undefined ? (
        <Skeleton lines={6} label="Loading the calls" />
      ) : 'missing' in target ? (
        <p className={styles.missing}>{target.missing}</p>
      ) : (
        <>
          {target.isLook && <Looked target={target} />}
          <Calls target={target} />
        </>
      )}
    </Panel>
  );
};
