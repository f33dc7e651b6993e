import { Copy, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { Token } from '../../../../preload/contract/tokens.ts';
import { useHasValue } from '../../../store/hooks/topics/tokenValues.ts';
import { useTokenActions, useTokenVerbActions } from '../../../store/hooks/topics/useTokenActions.ts';
import { useOfTokenTime } from '../../../store/hooks/window/useTokenTime.ts';
import { isExpired } from '../../../store/topics/tokens/tokenFacts.ts';
import { tokenVerbs } from '../../../store/verbs/tokenVerbs.ts';
import { menuOf } from '../../../store/verbs/verb.ts';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { Menu } from '../../../ui/overlays/Menu.tsx';
import { useAskRevoke } from '../revoke/RevokeProvider.tsx';
import styles from './RowActions.module.css';

interface RowMenuProps {
  readonly token: Token;
  readonly name: string;
  readonly openedBy: 'key' | 'pointer';
}

const RowMenu = ({ token, name, openedBy }: RowMenuProps) => {
  const ask = useAskRevoke();
  const actions = useTokenVerbActions(({ id }) => ask({ kind: 'tokens', ids: [id] }));
  // The menu loses entries when the token expires, or its value is shown no longer.
  useOfTokenTime((nowMs) => isExpired(token, nowMs));
  useHasValue(token);
  return (
    <Menu
      openedBy={openedBy}
      trigger={<IconButton icon={Ellipsis} name={name} hint="More" size="small" />}
      groups={menuOf(tokenVerbs, token, actions)}
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
