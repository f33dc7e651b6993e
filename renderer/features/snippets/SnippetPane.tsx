import { PanelRightClose } from 'lucide-react';
import { useKeyfobState } from '../../store/context.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { Call } from './Call.tsx';
import { Looked } from './Looked.tsx';
import styles from './SnippetPane.module.css';
import { type Target, useTarget } from './useTarget.ts';
import { calls } from './words.ts';

const Calls = ({ target }: { readonly target: Target }) => {
  const { call: chosen, chooseCall } = useKeyfobState((state) => state.snippets);
  return (
    <Tabs
      aria-label="Calls"
      className={styles.calls ?? ''}
      value={chosen}
      onChange={chooseCall}
      tabs={calls.map(({ value, label }) => ({ value, label, content: <Call call={value} target={target} /> }))}
    />
  );
};

/** The calls of the context, or of a viewed row, as commands that run when pasted. */
export const SnippetPane = () => {
  const target = useTarget();
  const toggle = useKeyfobState((state) => state.layout.toggleSnippetPane);
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
