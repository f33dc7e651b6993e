import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useKeymap } from '../../../store/hooks/window/window.ts';
import { clashing, type Rebinding, rebound, toUsual } from '../../../store/window/keys/keymap.ts';
import { whyReserved } from '../../../store/window/keys/keyPress.ts';
import { shortcuts } from '../../../store/window/keys/shortcuts.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { written } from '../words.ts';
import styles from './shortcuts.module.css';

interface KeyClashProps {
  readonly rebinding: Rebinding;
  readonly onSwap: () => void;
  readonly onLeave: () => void;
}

/**
 * Another shortcut has the keys. Offers to swap the two, unless the other can't have this one's keys. Takes the focus.
 */
export const KeyClash = ({ rebinding, onSwap, onLeave }: KeyClashProps) => {
  const { keymap } = useKeymap();
  const buttons = useRef<HTMLSpanElement>(null);
  useEffect(() => buttons.current?.querySelector('button')?.focus(), []);
  const others = clashing(keymap, rebinding);
  const after = rebound(keymap, rebinding);
  const taken = rebinding.keys.filter((keys) => others.some((other) => keymap[other].includes(keys)));
  const unfit = others
    .flatMap((other) => after[other].filter((keys) => !toUsual(other).keys.includes(keys)))
    .find((keys) => whyReserved(keys) !== undefined);
  const leaveOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onLeave();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape comes from the buttons inside
    <div className={styles.clash} data-tone="warn" onKeyDown={leaveOnEscape}>
      <span role="alert">
        {`${taken.map(written).join(' and ')} is for “${others.map((other) => shortcuts[other].label).join('” and “')}”.`}
        {unfit !== undefined && ` It can't have ${written(unfit)} instead. ${whyReserved(unfit)}`}
      </span>
      <span ref={buttons} className={styles.keys}>
        {unfit === undefined && (
          <Button size="small" onClick={onSwap}>
            Swap
          </Button>
        )}
        <Button size="small" look={unfit === undefined ? 'ghost' : 'secondary'} onClick={onLeave}>
          Keep as is
        </Button>
      </span>
    </div>
  );
};
