import { BadgeCheck, Ban, Copy, RotateCcw, Search, X } from 'lucide-react';
import { type RefObject, useRef } from 'react';
import { useFilterFocus } from '../../store/commands.ts';
import type { DeviceToken } from '../../store/deviceTokens.ts';
import { Button } from '../../ui/Button.tsx';
import { countOf, formatCount } from '../../ui/count.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useDesk } from './desk.ts';
import styles from './ListBar.module.css';

interface ListBarProps {
  readonly liveCount: number;
  /** Those whose values can be had. */
  readonly copyableCount: number;
  readonly filter: string;
  readonly onFilter: (text: string) => void;
  readonly checking: boolean;
  readonly onCheckAll: () => void;
  readonly onCopyAll: () => void;
}

/** Above the list: how many there are, the filter, and what goes for all of them. */
export const ListBar = ({
  liveCount,
  copyableCount,
  filter,
  onFilter,
  checking,
  onCheckAll,
  onCopyAll,
}: ListBarProps) => {
  const input: RefObject<HTMLInputElement | null> = useRef(null);
  useFilterFocus('Filter the devices', () => input.current?.focus());
  return (
    <div className={styles.root}>
      <h2 className={styles.title}>{countOf(liveCount, 'device token')}</h2>
      <TextInput
        ref={input}
        icon={Search}
        type="search"
        className={styles.filter ?? ''}
        aria-label="Filter the devices"
        placeholder="Filter"
        value={filter}
        onChange={(event) => onFilter(event.target.value)}
      />
      <Button size="small" icon={Copy} disabled={copyableCount === 0} onClick={onCopyAll}>
        Copy all…
      </Button>
      <Button size="small" icon={BadgeCheck} disabled={liveCount === 0} loading={checking} onClick={onCheckAll}>
        Check all
      </Button>
    </div>
  );
};

interface SelectionBarProps {
  readonly tokens: readonly DeviceToken[];
  /** Those of some whose values can be had. */
  readonly copyable: (tokens: readonly DeviceToken[]) => readonly DeviceToken[];
  readonly onCopy: (tokens: readonly DeviceToken[]) => void;
  readonly onClear: () => void;
}

/** In place of the bar while rows are selected: what goes for those. */
export const SelectionBar = ({ tokens, copyable, onCopy, onClear }: SelectionBarProps) => {
  const desk = useDesk();
  const live = tokens.filter(({ state }) => state === 'ACTIVE');
  return (
    <div className={styles.root}>
      <h2 className={styles.title}>{formatCount(tokens.length)} selected</h2>
      <IconButton size="small" icon={X} name="Clear the selection" onClick={onClear} />
      <span className={styles.gap} />
      <Button size="small" icon={Copy} disabled={copyable(live).length === 0} onClick={() => onCopy(live)}>
        Copy…
      </Button>
      <Button size="small" icon={RotateCcw} onClick={() => desk.mintAgain(tokens)}>
        Mint again
      </Button>
      <Button size="small" look="danger" icon={Ban} disabled={live.length === 0} onClick={() => desk.askToRevoke(live)}>
        Revoke {formatCount(live.length)}
      </Button>
    </div>
  );
};
