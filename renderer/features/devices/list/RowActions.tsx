import {
  Ban,
  CircleHelp,
  ClockAlert,
  Copy,
  Crosshair,
  Ellipsis,
  Hourglass,
  QrCode,
  RefreshCw,
  RotateCcw,
  Send,
  SquareTerminal,
} from 'lucide-react';
import { useHasValue } from '../../../store/hooks/topics/tokenValues.ts';
import { useClientName } from '../../../store/hooks/topics/useSnippet.ts';
import { useSecondsLeft } from '../../../store/hooks/window/useTokenTime.ts';
import type { DeviceToken } from '../../../store/topics/deviceTokenReads.ts';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { Menu } from '../../../ui/overlays/Menu.tsx';
import { deviceOf, useDeviceActions } from '../deviceActions.ts';
import styles from './DeviceTable.module.css';

interface RowActionsProps {
  readonly token: DeviceToken;
}

/** The actions behind a row's menu button. */
const RowMenu = ({ token }: RowActionsProps) => {
  const actions = useDeviceActions();
  const over = useSecondsLeft(token.expiresAtMs) === 0;
  return (
    <Menu
      trigger={<IconButton size="small" icon={Ellipsis} name={`Actions for ${deviceOf(token)}`} hint="More" />}
      groups={[
        token.state === 'ACTIVE' && !over
          ? [
              { label: 'Expire now', icon: ClockAlert, onSelect: () => actions.setExpiry(token, 0) },
              { label: 'Expire in 10 s', icon: Hourglass, onSelect: () => actions.setExpiry(token, 10) },
            ]
          : [],
        [
          { label: 'Call the API', icon: Send, onSelect: () => actions.callApi(token) },
          { label: 'Mint again', icon: RotateCcw, onSelect: () => actions.mintAgain([token]) },
          { label: 'Use this', icon: Crosshair, onSelect: () => actions.use(token) },
          { label: 'Why this token?', icon: CircleHelp, onSelect: () => actions.explain(token) },
        ],
      ]}
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
          onClick={() => actions.copy(token)}
        />
      )}
      <IconButton
        size="small"
        icon={SquareTerminal}
        name={`Show the ${client} of ${device}`}
        hint={`Show ${client}`}
        onClick={() => actions.showCurl(token)}
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
