import { Smartphone } from 'lucide-react';
import type { Token } from '../../../preload/contract/tokens.ts';
import { useKeyfob } from '../../store/context.ts';
import { tokenValues, useHasValue } from '../../store/hooks/topics/tokenValues.ts';
import { useOfTokenTime } from '../../store/hooks/window/useTokenTime.ts';
import { StateChip } from '../../ui/facts/StateChip.tsx';
import { CopyButton } from '../../ui/secrets/CopyButton.tsx';
import { KeptAsHash } from '../../ui/secrets/KeptAsHash.tsx';
import styles from './ReadyDevices.module.css';

const CopyToken = ({ token }: { readonly token: Token }) => {
  const keyfob = useKeyfob();
  const getText = async () => (await tokenValues(keyfob, token.id)).accessToken;
  return useHasValue(token) ? (
    <CopyButton secret what={`token of ${token.device}`} getText={getText} />
  ) : (
    <KeptAsHash />
  );
};

const State = ({ token: { state, expiresAtMs } }: { readonly token: Token }) => (
  <StateChip
    state={state}
    overdue={useOfTokenTime((nowMs) => state === 'ACTIVE' && expiresAtMs !== null && expiresAtMs <= nowMs)}
  />
);

/** The minted device tokens, each with a copy button. */
export const ReadyDevices = ({ tokens }: { readonly tokens: readonly Token[] }) => (
  <ul className={styles.list} aria-label="Device tokens">
    {tokens.map((token) => (
      <li key={token.id} className={styles.device}>
        <Smartphone aria-hidden size={15} />
        <span className={styles.name}>{token.device}</span>
        <State token={token} />
        <CopyToken token={token} />
      </li>
    ))}
  </ul>
);
