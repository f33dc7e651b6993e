import { CircleCheck, OctagonAlert, TriangleAlert, X } from 'lucide-react';
import type { DroppedScope } from '../../../../preload/contract/audit.ts';
import type { Progress as Counts } from '../../../../preload/contract/define.ts';
import type { MintOutcome } from '../../../store/topics/devices/devices.ts';
import { ownerKey } from '../../../store/topics/devices/deviceTokens.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { countOf, formatCount } from '../../../ui/facts/count.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Progress } from '../../../ui/feedback/Progress.tsx';
import { formatClock, type News, progressBeyond, useIsNews } from '../deviceActions.ts';
import { listed } from '../names.ts';
import styles from './NewsLine.module.css';
import type { Mint } from './useMint.ts';

const icons = { good: CircleCheck, warn: TriangleAlert, danger: OctagonAlert } as const;

const whyDropped: Readonly<Record<DroppedScope['why'], string>> = {
  unknown: 'not defined',
  role_missing: 'the user lacks its roles',
  no_roles: 'application tokens have no roles',
  no_id_token: 'application tokens have no ID token',
  not_subscribed: 'its API has no subscription',
};

/** The result of a minting, in words. */
const newsOfMinting = ({ minted, error, atMs }: MintOutcome): News | undefined => {
  if (error?.code === 'cancelled') return { tone: 'warn', text: error.message, atMs };
  if (minted.length === 0) return undefined;
  const same = minted.filter(({ reused }) => reused);
  const made = minted.length - same.length;
  const parts = [];
  if (made > 0) parts.push(made === 1 ? '1 token minted' : `${formatCount(made)} different tokens minted`);
  if (same.length > 0) {
    const devices = listed(same.map(({ device }) => device));
    const kept = same.length === 1 ? 'keeps the token it has' : 'keep the tokens they have';
    const isOther = same.some(({ reason }) => reason.chosenValiditySeconds !== undefined);
    parts.push(
      `${devices} ${kept}${isOther ? ', with its own expiry' : ''}`.replace(/have, with its/, 'have, with their'),
    );
  }
  const dropped = new Map(
    minted.flatMap(({ reason }) => reason.scopesDropped ?? []).map((one) => [one.scope, one.why]),
  );
  for (const [scope, why] of dropped) parts.push(`${scope} left out: ${whyDropped[why]}`);
  return { tone: dropped.size > 0 ? 'warn' : 'good', text: parts.join(' · '), atMs };
};

interface NewsLineProps {
  readonly mint: Mint;
  readonly news: News | undefined;
  readonly verification: { readonly progress: Counts | undefined; stop(): void };
  readonly onDismiss: () => void;
}

/** One line for the current or last action: minting, a revocation and its proof, a check. */
export const NewsLine = ({ mint, news, verification, onDismiss }: NewsLineProps) => {
  const { minting, outcome } = mint;
  const error = outcome?.error;
  const minted = outcome && newsOfMinting(outcome);
  const last = news !== undefined && news.atMs >= (minted?.atMs ?? 0) ? news : minted;
  const isNews = useIsNews(last?.atMs);
  if (minting !== undefined && minting.progress.total > progressBeyond) {
    const { done, total } = minting.progress;
    const whose = ownerKey(minting.owner) === ownerKey(mint.owner) ? '' : ` for ${minting.owner.application}`;
    const label = `Minting ${countOf(total, 'device token')}${whose}`;
    return <Progress label={label} value={done} max={total} onCancel={mint.cancel} />;
  }
  const { progress } = verification;
  if (progress !== undefined && progress.total > progressBeyond) {
    const label = `Calling the API with ${countOf(progress.total, 'device token')}`;
    return (
      <Progress
        label={label}
        value={progress.done}
        max={progress.total}
        onCancel={verification.stop}
        cancelLabel="Stop"
      />
    );
  }
  if (error !== undefined && error.code !== 'cancelled') {
    return (
      <ErrorNote
        title="Not all tokens were minted."
        actions={
          <Button size="small" onClick={mint.forget}>
            Dismiss
          </Button>
        }
      >
        {error.message}
      </ErrorNote>
    );
  }
  const shown = isNews ? last : undefined;
  const Icon = icons[shown?.tone ?? 'good'];
  return (
    <div role="status" className={styles.live}>
      {shown !== undefined && (
        <div className={styles.root} data-tone={shown.tone}>
          <Icon aria-hidden size={16} className={styles.icon} />
          <span className={styles.text}>{shown.text}</span>
          {shown.checked === true && <span className={styles.time}>checked {formatClock(shown.atMs)}</span>}
          <IconButton size="small" icon={X} name="Dismiss" onClick={onDismiss} />
        </div>
      )}
    </div>
  );
};
