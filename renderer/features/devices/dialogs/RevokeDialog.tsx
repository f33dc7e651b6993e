import type { Progress } from '../../../../preload/contract/define.ts';
import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import { deviceOf } from '../../../store/topics/tokens/tokenFacts.ts';
import { countOf, formatCount } from '../../../ui/facts/count.ts';
import { ConfirmDialog } from '../../../ui/overlays/ConfirmDialog.tsx';
import { manyLosses } from '../../../ui/overlays/NameToType.tsx';
import { progressBeyond } from '../deviceActions.ts';
import { listed } from '../names.ts';

/** Names listed before the rest is counted. */
const mostNamed = 50;

interface RevokeDialogProps {
  readonly tokens: readonly DeviceToken[];
  /** Active tokens that stay. */
  readonly rest: readonly DeviceToken[];
  readonly onRevoke: () => Promise<void>;
  /** Progress of the revocation. */
  readonly progress: Progress | undefined;
  readonly onStop: () => void;
  readonly onClose: () => void;
}

/** Confirms a revocation and names the tokens that stay active. */
export const RevokeDialog = ({ tokens, rest, onRevoke, progress, onStop, onClose }: RevokeDialogProps) => {
  const [first] = tokens;
  const one = tokens.length === 1 && first !== undefined;
  const devices = tokens.map(deviceOf);
  const others = rest.map(deviceOf);
  const stays =
    rest.length === 0
      ? 'No other device is active.'
      : `${listed(others)} ${rest.length === 1 ? 'stays' : 'stay'} active.`;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        one ? `Revoke the token of ${deviceOf(first)}?` : `Revoke the tokens of ${countOf(devices.length, 'device')}?`
      }
      description={`Only ${one ? 'this device stops' : 'these devices stop'} working, access and refresh token together. ${stays}`}
      losses={one ? [] : devices.slice(0, mostNamed)}
      lossCount={devices.length}
      lossesTitle="These stop working"
      nameToType={devices.length > manyLosses ? countOf(devices.length, 'device') : undefined}
      confirmLabel={one ? `Revoke ${deviceOf(first)}` : `Revoke ${formatCount(devices.length)}`}
      progress={
        progress !== undefined && progress.total > progressBeyond
          ? {
              label: `Revoking the tokens of ${countOf(progress.total, 'device')}`,
              value: progress.done,
              max: progress.total,
              onStop,
            }
          : undefined
      }
      onConfirm={onRevoke}
    />
  );
};
