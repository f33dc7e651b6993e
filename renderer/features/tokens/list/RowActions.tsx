import { Ban, Clock, Copy, Crosshair, Ellipsis, HelpCircle, TerminalSquare, TimerReset } from 'lucide-react';
import { useState } from 'react';
import type { Token } from '../../../../preload/contract/tokens.ts';
import { useHasValue } from '../../../store/hooks/topics/tokenValues.ts';
import { useClientName } from '../../../store/hooks/topics/useSnippet.ts';
import { useTokenActions } from '../../../store/hooks/topics/useTokenActions.ts';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { isLive } from '../../../ui/facts/tokenState.ts';
import { Menu } from '../../../ui/overlays/Menu.tsx';
import { useAskRevoke } from '../revoke/RevokeProvider.tsx';
import styles from './RowActions.module.css';

interface RowMenuProps {
  readonly token: Token;
  readonly name: string;
  readonly openedBy: 'key' | 'pointer';
}

const RowMenu = ({ token, name, openedBy }: RowMenuProps) => {
  const { copyToken, copyCommand, show, expire, use } = useTokenActions();
  const ask = useAskRevoke();
  const client = useClientName();
  const active = token.state === 'ACTIVE';
  const hasValue = useHasValue(token);
  return (
    <Menu
      openedBy={openedBy}
      trigger={<IconButton icon={Ellipsis} name={name} hint="More" size="small" />}
      groups={[
        [
          { label: 'Copy token', icon: Copy, disabled: !hasValue, onSelect: () => copyToken(token) },
          { label: `Copy ${client}`, icon: TerminalSquare, onSelect: () => copyCommand(token) },
          { label: 'Use this', icon: Crosshair, onSelect: () => use(token) },
          { label: 'Why this token?', icon: HelpCircle, onSelect: () => show(token) },
        ],
        [
          { label: 'Expire in 10 s', icon: TimerReset, disabled: !active, onSelect: () => expire(token, 10) },
          { label: 'Expire now', icon: Clock, disabled: !active, onSelect: () => expire(token, 0) },
          {
            label: 'Revoke…',
            icon: Ban,
            danger: true,
            disabled: !isLive(token),
            onSelect: () => ask({ kind: 'tokens', ids: [token.id] }),
          },
        ],
      ]}
    />
  );
};

/** The actions of a row. Its menu is created on first use: a table full of menus would cost frames. */
export const RowActions = ({ token }: { readonly token: Token }) => {
  const { copyToken } = useTokenActions();
  const hasValue = useHasValue(token);
  const [wanted, setWanted] = useState<'key' | 'pointer'>();
  const name = `Actions for token ${token.id}`;
  return (
    <span className={styles.root}>
      {hasValue && (
        <IconButton
          icon={Copy}
          name={`Copy token ${token.id}`}
          hint="Copy token"
          size="small"
          onClick={() => copyToken(token)}
        />
      )}
      {wanted !== undefined ? (
        <RowMenu token={token} name={name} openedBy={wanted} />
      ) : (
        <IconButton
          icon={Ellipsis}
          name={name}
          hint="More"
          size="small"
          aria-haspopup="menu"
          aria-expanded={false}
          // A press by a key counts no clicks.
          onClick={(event) => setWanted(event.detail === 0 ? 'key' : 'pointer')}
        />
      )}
    </span>
  );
};
