import { Ban, Copy, Ellipsis, QrCode, RefreshCw, RotateCcw, SquareTerminal } from 'lucide-react';
import { useHasValue } from '../../../store/hooks/topics/tokenValues.ts';
import { useClientName } from '../../../store/hooks/topics/useSnippet.ts';
import { useTokenVerbActions } from '../../../store/hooks/topics/useTokenActions.ts';
import { useOfTokenTime } from '../../../store/hooks/window/useTokenTime.ts';
import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import { deviceOf, isExpired } from '../../../store/topics/tokens/tokenFacts.ts';
import { tokenVerbs } from '../../../store/verbs/tokenVerbs.ts';
import { menuOf } from '../../../store/verbs/verb.ts';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { Menu } from '../../../ui/overlays/Menu.tsx';
import { useDeviceActions } from '../deviceActions.ts';
import styles from './DeviceTable.module.css';

interface RowActionsProps {
  readonly token: DeviceToken;
}

/** The actions behind a row's menu button. */
const RowMenu = ({ token }: RowActionsProps) => {
  const { askToRevoke, mintAgain, ...ofDevices } = useDeviceActions();
  const ofTokens = useTokenVerbActions(() => undefined);
  // The menu loses entries when the token expires, or its value is shown no longer.
  useOfTokenTime((nowMs) => isExpired(token, nowMs));
  useHasValue(token);
  const actions = {
    ...{ ...ofTokens, ...ofDevices },
    askToRevoke: (one: DeviceToken) => askToRevoke([one]),
    mintAgain: (one: DeviceToken) => mintAgain([one]),
  };
  return (
    <Menu
      trigger={<IconButton size="small" icon={Ellipsis} name={`Actions for ${deviceOf(token)}`} hint="More" />}
      groups={menuOf(tokenVerbs, token, actions)}
    />
  );
};

/** The buttons of an active token. */
const ActiveButtons = ({ token }: RowActionsProps) => {
  const actions = useDeviceActions();
  const client = useClientName();
  const device = deviceOf(token);
  const hasValue = useHasValue(token);
  return (
    <>
      {hasValue && (
        <IconButton
          size="small"
          icon={Copy}
          name={`Copy the token of ${device}`}
          hint="Copy the token"
          onClick={() => actions.copyToken(token)}
        />
      )}
      <IconButton
        size="small"
        icon={SquareTerminal}
        name={`Show the ${client} of ${device}`}
        hint={`Show ${client}`}
        onClick={() => actions.showCommand(token)}
      />
      {hasValue && (
        <IconButton
          size="small"
          icon={QrCode}
          name={`Show the QR code of ${device}`}
          hint="QR code"
          onClick={() => actions.showQr(token)}
        />
      )}
      {token.userType === 'APPLICATION_USER' && (
        <IconButton
          size="small"
          icon={RefreshCw}
          name={`Refresh the token of ${device}`}
          hint="Refresh: replaces this token"
          loading={actions.busy.has(token.id)}
          onClick={() => actions.refresh(token)}
        />
      )}
      <IconButton
        size="small"
        look="danger"
        icon={Ban}
        name={`Revoke ${device}`}
        hint="Revoke"
        onClick={() => actions.askToRevoke([token])}
      />
    </>
  );
};

/** The actions of one row. A retired token offers only its reason and Mint again. */
export const RowActions = ({ token }: RowActionsProps) => {
  const actions = useDeviceActions();
  return (
    <span className={styles.actions}>
      {token.state === 'ACTIVE' ? (
        <ActiveButtons token={token} />
      ) : (
        <IconButton
          size="small"
          icon={RotateCcw}
          name={`Mint again for ${deviceOf(token)}`}
          hint="Mint again"
          onClick={() => actions.mintAgain([token])}
        />
      )}
      <RowMenu token={token} />
    </span>
  );
};
