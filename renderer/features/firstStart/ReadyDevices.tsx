import { Smartphone } from 'lucide-react';
import type { Token } from '../../../preload/contract/tokens.ts';
import { useKeyfob } from '../../store/context.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { StateChip } from '../../ui/StateChip.tsx';
import styles from './ReadyDevices.module.css';

/** The device tokens that were made, each to be copied. */
export const ReadyDevices = ({ tokens }: { readonly tokens: readonly Token[] }) => {
  const { host } = useKeyfob();
  const accessTokenOf = async (id: number) => (await host.call('tokens.reveal', { token: String(id) })).accessToken;
  return (
    <ul className={styles.list} aria-label="Device tokens">
      {tokens.map(({ id, device, state }) => (
        <li key={id} className={styles.device}>
          <Smartphone aria-hidden size={15} />
          <span className={styles.name}>{device}</span>
          <StateChip state={state} />
          <CopyButton secret what={`token of ${device}`} getText={() => accessTokenOf(id)} />
        </li>
      ))}
    </ul>
  );
};
