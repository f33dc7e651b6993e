import { ChevronLeft, ChevronRight, Eye, Presentation } from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import { useKeyfob, useKeyfobState } from '../../store/context.ts';
import { tokenValues } from '../../store/hooks/topics/tokenValues.ts';
import { useTokenNowMs } from '../../store/hooks/window/useTokenTime.ts';
import { useCopySecret, usePresenting } from '../../store/hooks/window/window.ts';
import type { DeviceToken } from '../../store/topics/devices/deviceTokenReads.ts';
import { deviceOf, isExpired } from '../../store/topics/tokens/tokenFacts.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { IconButton } from '../../ui/buttons/IconButton.tsx';
import { formatCount } from '../../ui/facts/count.ts';
import { formatInstant } from '../../ui/facts/instant.ts';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { QrCode } from '../../ui/secrets/QrCode.tsx';
import { useRevealed } from '../../ui/secrets/useRevealed.ts';
import styles from './QrDialog.module.css';

const hideAfterMs = 60_000;
const edge = 280;

/** Gives the expiry as a time of day. A countdown next to a code that is being scanned distracts. */
const End = ({ token }: { readonly token: DeviceToken }) => {
  const { expiresAtMs } = token;
  const expired = isExpired(token, useTokenNowMs());
  if (expiresAtMs === null) return 'Never expires';
  return `${expired ? 'Expired' : 'Expires'} ${formatInstant(expiresAtMs)}`;
};

interface CodeProps {
  readonly token: DeviceToken;
}

/** The QR code. It hides after a minute, when the window loses the focus, and while presenting. */
const Code = ({ token }: CodeProps) => {
  const keyfob = useKeyfob();
  const presenting = usePresenting();
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
  return revealed.state === 'shown' ? (
    <QrCode text={revealed.value} label={`Token of ${deviceOf(token)}`} size={edge} />
  ) : (
    <div className={styles.hidden}>{hidden()}</div>
  );
};

interface ShownProps extends CodeProps {
  /** The tokens that the arrow keys lead to. */
  readonly tokens: readonly DeviceToken[];
  readonly onShow: (token: DeviceToken, among: readonly DeviceToken[]) => void;
  readonly onClose: () => void;
}

const Shown = ({ token, tokens, onShow, onClose }: ShownProps) => {
  const keyfob = useKeyfob();
  const copySecret = useCopySecret();
  const device = deviceOf(token);
  const at = tokens.findIndex(({ id }) => id === token.id);
  const show = (step: number) => {
    const next = tokens[at + step];
    if (at !== -1 && next !== undefined) onShow(next, tokens);
  };
  const onKey = useRef<(event: KeyboardEvent) => void>(undefined);
  onKey.current = ({ key }) => {
    if (key === 'ArrowLeft') show(-1);
    if (key === 'ArrowRight') show(1);
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => onKey.current?.(event);
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={`Token of ${device}`}
      description="Scan it with the device. Anyone who has this code can use the token."
      footer={
        <>
          <Button
            onClick={() =>
              void copySecret(`Token of ${device}`, async () => (await tokenValues(keyfob, token.id)).accessToken)
            }
          >
            Copy token
          </Button>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className={styles.root}>
        <Code key={token.id} token={token} />
        <div className={styles.line}>
          <IconButton icon={ChevronLeft} name="Previous device" aria-disabled={at <= 0} onClick={() => show(-1)} />
          <p className={styles.left} aria-live="polite">
            {tokens.length > 1 && at !== -1 && `${formatCount(at + 1)} of ${formatCount(tokens.length)} · `}
            <End token={token} />
          </p>
          <IconButton
            icon={ChevronRight}
            name="Next device"
            aria-disabled={at === -1 || at === tokens.length - 1}
            onClick={() => show(1)}
          />
        </div>
      </div>
    </Dialog>
  );
};

/** Shows a token as a QR code for a device. Arrow keys lead to the previous and next token. */
export const QrDialog = () => {
  const { token, among, show, close } = useKeyfobState((state) => state.qr);
  return token === undefined ? null : <Shown token={token} tokens={among} onShow={show} onClose={close} />;
};
