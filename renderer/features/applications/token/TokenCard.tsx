import { RefreshCw } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { KeySet } from '../../../../preload/contract/keys.ts';
import { useKeyfob, useKeyfobState } from '../../../store/context.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { hasValue, tokenValues } from '../../../store/hooks/topics/tokenValues.ts';
import { useCopyToken } from '../../../store/hooks/window/useCommands.ts';
import { useTokenNowMs } from '../../../store/hooks/window/useTokenTime.ts';
import { useCopySecret, usePresenting } from '../../../store/hooks/window/window.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { Countdown } from '../../../ui/facts/Countdown.tsx';
import { StateChip } from '../../../ui/facts/StateChip.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { KeptAsHash } from '../../../ui/secrets/KeptAsHash.tsx';
import { Secret } from '../../../ui/secrets/Secret.tsx';
import styles from './ApplicationToken.module.css';
import { RegenerateToken } from './RegenerateToken.tsx';

interface TokenCardProps {
  readonly id: number;
  readonly keySet: KeySet;
  /** Lifetime of its replacement. */
  readonly validitySeconds: number | undefined;
  readonly onRegenerated: (id: number, scope: string, reused: boolean) => void;
}

/** One application token: its masked value, remaining lifetime and reason. */
export const TokenCard = ({ id, keySet, validitySeconds, onRegenerated }: TokenCardProps) => {
  const keyfob = useKeyfob();
  const { value: explained, error } = useRead('tokens.explain', { token: String(id) });
  const nowMs = useTokenNowMs();
  const presenting = usePresenting();
  const copySecret = useCopySecret();
  const [asking, setAsking] = useState(false);
  const reveal = useCallback(async () => (await tokenValues(keyfob, id)).accessToken, [keyfob, id]);
  const copyable = useKeyfobState((store) => explained !== undefined && hasValue(store, explained.token));
  useCopyToken('Copy the application token', copyable ? () => void copySecret('Application token', reveal) : undefined);

  if (error !== undefined) return <ErrorNote title={error.message} details={error.code} />;
  if (explained === undefined) return <Skeleton lines={2} label="Loading the token" />;
  const { token, history } = explained;
  const { state, scope, expiresAtMs } = token;
  const why = (state === 'ACTIVE' ? history[0] : history.at(-1))?.text;
  const over = expiresAtMs !== null && expiresAtMs <= nowMs;
  return (
    <div className={styles.token}>
      <div className={styles.head}>
        <StateChip state={state} overdue={state === 'ACTIVE' && over} />
        {state === 'ACTIVE' && (
          <span>
            {!over && expiresAtMs !== null && 'for '}
            <Countdown endMs={expiresAtMs} nowMs={nowMs} />
          </span>
        )}
        <span className={styles.scopes}>
          {scope.split(' ').map((name) => (
            <Badge key={name} mono>
              {name}
            </Badge>
          ))}
        </span>
        {keySet.state === 'ACTIVE' && keySet.grantTypes.includes('client_credentials') && (
          <Button size="small" icon={RefreshCw} onClick={() => setAsking(true)}>
            Regenerate
          </Button>
        )}
      </div>
      {copyable ? <Secret label="application token" reveal={reveal} concealed={presenting} /> : <KeptAsHash />}
      <p className={styles.why}>
        {why} <a href={hrefOf({ screen: 'tokens', token: String(id) })}>Why this token?</a>
      </p>
      {asking && (
        <RegenerateToken
          token={token}
          validitySeconds={validitySeconds}
          onClose={() => setAsking(false)}
          onRegenerated={onRegenerated}
        />
      )}
    </div>
  );
};
