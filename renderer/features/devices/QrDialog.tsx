import { Eye, Presentation } from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import { useCopySecret } from '../../store/clipboard.ts';
import { useTokenNowMs } from '../../store/clock.ts';
import { useKeyfob } from '../../store/context.ts';
import type { DeviceToken } from '../../store/deviceTokens.ts';
import { usePresenting } from '../../store/presenting.ts';
import { tokenValues } from '../../store/shownOnce.ts';
import { Button } from '../../ui/Button.tsx';
import { Countdown } from '../../ui/Countdown.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import { useRevealed } from '../../ui/useRevealed.ts';
import { deviceOf } from './desk.ts';
import styles from './QrDialog.module.css';

const hideAfterMs = 60_000;
const edge = 280;

const Left = ({ endMs }: { readonly endMs: number | null }) => <Countdown endMs={endMs} nowMs={useTokenNowMs()} />;

interface QrDialogProps {
  readonly token: DeviceToken;
  readonly onClose: () => void;
}

/** The token as a QR code, to get it onto the device; hidden after a minute, when the window is left, and while presenting. */
export const QrDialog = ({ token, onClose }: QrDialogProps) => {
  const keyfob = useKeyfob();
  const copySecret = useCopySecret();
  const presenting = usePresenting();
  const device = deviceOf(token);
  const reveal = useCallback(async () => (await tokenValues(keyfob, token.id)).accessToken, [keyfob, token.id]);
  const { revealed, show } = useRevealed(reveal, presenting, hideAfterMs);
  const begin = useRef(show);
  useEffect(() => void begin.current(), []);
  const hidden = () => {
    if (revealed.state === 'failed') return <p role="alert">{revealed.problem}</p>;
    if (presenting) {
      return (
        <>
          <Presentation aria-hidden size={24} />
          <p>Hidden while presenting</p>
        </>
      );
    }
    return (
      <Button icon={Eye} loading={revealed.state === 'asking'} onClick={() => void show()}>
        Show the code
      </Button>
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={`Token of ${device}`}
      description="Scan it with the device. Whoever has this code can use the token."
      footer={
        <>
          <Button onClick={() => void copySecret(`Token of ${device}`, reveal)}>Copy the token</Button>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className={styles.root}>
        {revealed.state === 'shown' ? (
          <QrCode text={revealed.value} label={`Token of ${device}`} size={edge} />
        ) : (
          <div className={styles.hidden}>{hidden()}</div>
        )}
        <p className={styles.left}>
          Expires: <Left endMs={token.expiresAtMs} />
        </p>
      </div>
    </Dialog>
  );
};
