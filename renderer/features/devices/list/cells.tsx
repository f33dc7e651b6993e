import { BadgeCheck } from 'lucide-react';
import { useKeyfobState } from '../../../store/context.ts';
import { useShownOnce } from '../../../store/hooks/topics/tokenValues.ts';
import { useOfTokenTime, useSecondsLeft, useTokenNowMs } from '../../../store/hooks/window/useTokenTime.ts';
import { usePresenting } from '../../../store/hooks/window/window.ts';
import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import { deviceOf } from '../../../store/topics/tokens/tokenFacts.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { Countdown } from '../../../ui/facts/Countdown.tsx';
import { formatAgo, formatInstant } from '../../../ui/facts/instant.ts';
import { LastUsed } from '../../../ui/facts/LastUsed.tsx';
import { StateChip } from '../../../ui/facts/StateChip.tsx';
import { VisuallyHidden } from '../../../ui/layout/VisuallyHidden.tsx';
import { Tooltip } from '../../../ui/overlays/Tooltip.tsx';
import { type Check, formatClock, type RowEvent, useDeviceActions, useIsNews } from '../deviceActions.ts';
import styles from './DeviceTable.module.css';

const markWords: Readonly<Record<RowEvent['kind'], { readonly words: string; readonly tone: 'good' | 'info' }>> = {
  new: { words: 'new', tone: 'good' },
  same: { words: 'same token', tone: 'info' },
  refreshed: { words: 'refreshed', tone: 'good' },
};

/** The device, the last event of its token, and its scopes. */
export const DeviceCell = ({ token }: { readonly token: DeviceToken }) => {
  const mark = useDeviceActions().events.get(token.id);
  const isNews = useIsNews(mark?.atMs);
  const active = useSecondsLeft(token.expiresAtMs) !== 0 && token.state === 'ACTIVE';
  return (
    <div className={styles.device} data-muted={!active || undefined}>
      {active && isNews && mark !== undefined && mark.kind !== 'same' && (
        <span key={token.id} className={styles.flash} aria-hidden />
      )}
      <span className={styles.nameLine}>
        <span className={styles.name}>{deviceOf(token)}</span>
        {active && isNews && mark !== undefined && (
          <Tooltip content={mark.why}>
            <a className={styles.mark} href={hrefOf({ screen: 'tokens', token: String(token.id) })}>
              <Badge tone={markWords[mark.kind].tone}>{markWords[mark.kind].words}</Badge>
              <VisuallyHidden>{`${mark.kind === 'same' ? ' as before' : ''}: why the token of ${deviceOf(token)}`}</VisuallyHidden>
            </a>
          </Tooltip>
        )}
      </span>
      <span className={styles.scopes} title={token.scope}>
        {token.scope}
      </span>
    </div>
  );
};

/** The last characters of the token, enough to tell tokens apart. */
export const ValueCell = ({ token }: { readonly token: DeviceToken }) => {
  const presenting = usePresenting();
  const shownOnce = useShownOnce(token);
  if (token.state === 'ACTIVE' && token.persistence === 'hashed') {
    return shownOnce ? (
      <Badge tone="warn">copy now</Badge>
    ) : (
      <span className={styles.value} title="Kept as a hash; it was shown once">
        <span aria-hidden>hash only</span>
        <VisuallyHidden>kept as a hash; it was shown once</VisuallyHidden>
      </span>
    );
  }
  const shown = !presenting && token.state === 'ACTIVE' ? (token.last4 ?? '') : '';
  return (
    <span className={styles.value}>
      <span aria-hidden>••••</span>
      {shown}
      <VisuallyHidden>{shown === '' ? 'hidden' : ', the rest is hidden'}</VisuallyHidden>
    </span>
  );
};

const Ago = ({ atMs }: { readonly atMs: number }) => (
  <span className={styles.left} title={formatInstant(atMs, true)}>
    {useOfTokenTime((nowMs) => formatAgo(atMs, nowMs))}
  </span>
);

export const IssuedCell = ({ token: { issuedAtMs } }: { readonly token: DeviceToken }) => <Ago atMs={issuedAtMs} />;

export const LastUsedCell = ({ token: { lastUsedAtMs } }: { readonly token: DeviceToken }) => (
  <LastUsed atMs={lastUsedAtMs} nowMs={useKeyfobState(({ clock }) => clock.realMs)} />
);

const Left = ({ endMs }: { readonly endMs: number | null }) => <Countdown endMs={endMs} nowMs={useTokenNowMs()} />;

/** The outcome of the last check: a tick, or the status of the refusal. */
const CheckMark = ({ check: { ok, text, status, atMs } }: { readonly check: Check }) => {
  const words = `${text} (${formatClock(atMs)})`;
  return ok ? (
    <span className={styles.tick} title={words}>
      <BadgeCheck aria-hidden size={16} />
      <VisuallyHidden>{words}</VisuallyHidden>
    </span>
  ) : (
    <>
      <Badge tone="danger" title={words}>
        {status ?? 'no answer'}
      </Badge>
      <VisuallyHidden>{words}</VisuallyHidden>
    </>
  );
};

/** The state, the last check, and the remaining lifetime. */
export const StateCell = ({ token }: { readonly token: DeviceToken }) => {
  const check = useDeviceActions().checked.get(token.id);
  const over = useSecondsLeft(token.expiresAtMs) === 0;
  const active = token.state === 'ACTIVE';
  return (
    <div className={styles.state}>
      <span className={styles.nameLine}>
        <StateChip state={token.state} overdue={active && over} />
        {check !== undefined && (active || !check.ok) && !(over && check.ok) && <CheckMark check={check} />}
      </span>
      {active && (
        <span className={styles.left}>
          {over && token.expiresAtMs !== null ? <Ago atMs={token.expiresAtMs} /> : <Left endMs={token.expiresAtMs} />}
        </span>
      )}
    </div>
  );
};
