import { X } from 'lucide-react';
import { useKeyfobState } from '../../store/context.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './Looked.module.css';
import type { Target } from './useTarget.ts';

const keyTypeNames = { PRODUCTION: 'Production', SANDBOX: 'Sandbox' } as const;

/** Says that the commands are about a viewed row or page, not the context, and offers to change that. */
export const Looked = ({ target }: { readonly target: Target }) => {
  const { lookedAt, take, look } = useKeyfobState((state) => state.windowContext);
  const { application, keyType, username, device, tokenId } = target;
  const whose = [device, username ?? 'no user', application.name, keyTypeNames[keyType]];
  return (
    <div className={styles.root} role="status">
      <div className={styles.words}>
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
