import { Ban, Download, Layers, RotateCcw, Search, ShieldCheck, X } from 'lucide-react';
import { type ReactNode, type RefObject, useRef } from 'react';
import { useFilterFocus } from '../../../store/hooks/window/useCommands.ts';
import { useTokenNowMs } from '../../../store/hooks/window/useTokenTime.ts';
import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import { isExpired } from '../../../store/topics/tokens/tokenFacts.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { countOf, formatCount } from '../../../ui/facts/count.ts';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { useDeviceActions } from '../deviceActions.ts';
import styles from './ListBar.module.css';

interface ListBarProps {
  /** All tokens with ACTIVE rows, and those that pass the filter. */
  readonly live: readonly DeviceToken[];
  readonly shown: readonly DeviceToken[];
  readonly selected: readonly DeviceToken[];
  readonly filter: string;
  readonly onFilter: (text: string) => void;
  readonly onExport: (tokens: readonly DeviceToken[]) => void;
  /** Saves the devices of tokens as a set. */
  readonly onSaveSet: (tokens: readonly DeviceToken[]) => void;
  readonly onClear: () => void;
  readonly canVerify: boolean;
  readonly verifying: boolean;
  readonly onVerifyAll: () => void;
  /** The button that chooses columns. */
  readonly columns: ReactNode;
}

/**
 * "12 device tokens · 3 expired", or "10 of 12 device tokens" while filtered. The first number excludes expired tokens.
 */
const Title = ({ live, shown }: Pick<ListBarProps, 'live' | 'shown'>) => {
  const nowMs = useTokenNowMs();
  const active = (tokens: readonly DeviceToken[]) => tokens.filter((token) => !isExpired(token, nowMs)).length;
  const expired = shown.length - active(shown);
  return (
    <h2 className={styles.title}>
      {live.length > shown.length && `${formatCount(active(shown))} of `}
      {countOf(active(live), 'device token')}
      {expired > 0 && <span className={styles.expired}> · {formatCount(expired)} expired</span>}
    </h2>
  );
};

const ForSelected = ({ selected, onExport, onSaveSet }: Pick<ListBarProps, 'selected' | 'onExport' | 'onSaveSet'>) => {
  const actions = useDeviceActions();
  const live = selected.filter(({ state }) => state === 'ACTIVE');
  return (
    <>
      <Button size="small" icon={Download} disabled={live.length === 0} onClick={() => onExport(live)}>
        Export {formatCount(live.length)}…
      </Button>
      <IconButton size="small" icon={Layers} name="Save as a set…" onClick={() => onSaveSet(selected)} />
      <Button size="small" icon={RotateCcw} onClick={() => actions.mintAgain(selected)}>
        Mint again
      </Button>
      <Button
        size="small"
        look="danger"
        icon={Ban}
        disabled={live.length === 0}
        onClick={() => actions.askToRevoke(live)}
      >
        Revoke {formatCount(live.length)}
      </Button>
    </>
  );
};

/** Mints the expired ones again, where the title counts them. */
const MintExpired = ({ shown }: Pick<ListBarProps, 'shown'>) => {
  const actions = useDeviceActions();
  const nowMs = useTokenNowMs();
  const expired = shown.filter((token) => isExpired(token, nowMs));
  return expired.length === 0 ? null : (
    <Button size="small" icon={RotateCcw} onClick={() => actions.mintAgain(expired)}>
      Mint {formatCount(expired.length)} expired again
    </Button>
  );
};

/** Counts the tokens, filters them, and acts on all or on the selected ones. */
export const ListBar = (props: ListBarProps) => {
  const { live, shown, selected, filter, onFilter, onExport, onSaveSet, onClear, canVerify, verifying, onVerifyAll } =
    props;
  const input: RefObject<HTMLInputElement | null> = useRef(null);
  useFilterFocus('Filter the devices', () => input.current?.focus());
  const retired = selected.filter(({ state }) => state !== 'ACTIVE').length;
  return (
    <div className={styles.root}>
      {selected.length === 0 ? (
        <Title live={live} shown={shown} />
      ) : (
        <>
          <h2 className={styles.title}>
            {formatCount(selected.length)} selected{retired > 0 && ` · ${formatCount(retired)} retired`}
          </h2>
          <IconButton size="small" icon={X} name="Clear selection" onClick={onClear} />
        </>
      )}
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
      {selected.length > 0 ? (
        <ForSelected selected={selected} onExport={onExport} onSaveSet={onSaveSet} />
      ) : (
        <>
          <MintExpired shown={shown} />
          <Button size="small" icon={Download} disabled={shown.length === 0} onClick={() => onExport(shown)}>
            Export…
          </Button>
          <Button size="small" icon={ShieldCheck} disabled={!canVerify} loading={verifying} onClick={onVerifyAll}>
            Verify all
          </Button>
        </>
      )}
      {props.columns}
    </div>
  );
};
