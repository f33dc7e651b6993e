import { useEffect } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useSecondsLeft, useTokenNowMs } from '../../store/hooks/window/useTokenTime.ts';
import { hrefOf } from '../../store/window/route.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Countdown } from '../../ui/facts/Countdown.tsx';
import { StateChip } from '../../ui/facts/StateChip.tsx';
import styles from './UsedToken.module.css';

interface UsedTokenProps {
  readonly tokenId: number;
  /** Whether a person picked this token. It may not be the owner's latest. */
  readonly picked: boolean;
  /** Whether it has expired. */
  readonly onOver: () => void;
}

/** The command's token and its remaining lifetime. */
export const UsedToken = ({ tokenId, picked, onOver }: UsedTokenProps) => {
  const { lookedAt, look } = useKeyfobState((state) => state.windowContext);
  const token = useRead('tokens.read', { token: String(tokenId) }).value;
  const nowMs = useTokenNowMs();
  const over = useSecondsLeft(token?.expiresAtMs ?? null) === 0;
  useEffect(() => {
    if (over) onOver();
  }, [over, onOver]);
  if (token === undefined) return null;
  return (
    <div className={styles.root}>
      With <a href={hrefOf({ screen: 'tokens', token: String(tokenId) })}>token {tokenId}</a>
      <StateChip state={token.state} overdue={token.state === 'ACTIVE' && !token.valid} />
      {token.valid && <Countdown endMs={token.expiresAtMs} nowMs={nowMs} />}
      {picked && lookedAt !== undefined && (
        <Button size="small" look="ghost" onClick={() => look({ ...lookedAt, tokenId: undefined })}>
          Use latest active token
        </Button>
      )}
    </div>
  );
};
