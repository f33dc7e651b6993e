import type { Token } from '../../../../preload/contract/tokens.ts';
import { useKeyfobState } from '../../../store/context.ts';
import { useOfTokenTime, useTokenNowMs } from '../../../store/hooks/window/useTokenTime.ts';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { Countdown } from '../../../ui/facts/Countdown.tsx';
import { formatCount } from '../../../ui/facts/count.ts';
import { formatAgo, formatInstant } from '../../../ui/facts/instant.ts';
import { keyTypeNames } from '../../../ui/facts/keyTypeNames.ts';
import { LastUsed } from '../../../ui/facts/LastUsed.tsx';
import { StateChip } from '../../../ui/facts/StateChip.tsx';
import { isOverdue, kindNames, purposeOf } from '../tokenWords.ts';
import styles from './cells.module.css';

interface CellProps {
  readonly token: Token;
}

export const StateCell = ({ token }: CellProps) => (
  <StateChip state={token.state} overdue={useOfTokenTime((nowMs) => isOverdue(token, nowMs))} />
);

export const KeyTypeBadge = ({ token: { keyType } }: CellProps) => (
  <Badge tone={keyType === 'PRODUCTION' ? 'danger' : 'warn'}>{keyTypeNames[keyType]}</Badge>
);

export const ApplicationCell = ({ token }: CellProps) => (
  <div className={styles.two}>
    <span title={token.application}>{token.application}</span>
    <KeyTypeBadge token={token} />
  </div>
);

export const UserCell = ({ token: { user, userType } }: CellProps) => (
  <div className={styles.two}>
    <span title={user}>{user}</span>
    <span className={styles.muted} title={kindNames[userType]}>
      {kindNames[userType]}
    </span>
  </div>
);

/** The device or the scopes, with the token's number below. */
export const PurposeCell = ({ token }: CellProps) => (
  <div className={styles.two}>
    <span className={styles.mono} title={token.scope}>
      {purposeOf(token)}
    </span>
    <span className={styles.muted}>
      {token.device === undefined ? '' : 'device token '}#{token.id}
    </span>
  </div>
);

/** The same for a table without the application column. */
export const PurposeOfApplicationCell = ({ token }: CellProps) => (
  <div className={styles.two}>
    <span className={styles.mono} title={token.scope}>
      {purposeOf(token)}
    </span>
    <span className={styles.line}>
      <KeyTypeBadge token={token} />
      <span className={styles.muted} title={token.application}>
        {token.application}
      </span>
    </span>
  </div>
);

const Ago = ({ atMs }: { readonly atMs: number }) => (
  <span title={formatInstant(atMs, true)}>{useOfTokenTime((nowMs) => formatAgo(atMs, nowMs))}</span>
);

export const IssuedCell = ({ token: { issuedAtMs } }: CellProps) => <Ago atMs={issuedAtMs} />;

const TickingEnd = ({ endMs }: { readonly endMs: number | null }) => (
  <Countdown endMs={endMs} nowMs={useTokenNowMs()} />
);

/** The expiry. Empty for a token that was retired earlier. */
export const EndCell = ({ token }: CellProps) =>
  token.state === 'REVOKED' || token.state === 'INACTIVE' ? (
    <span className={styles.muted}>–</span>
  ) : (
    <TickingEnd endMs={token.expiresAtMs} />
  );

/** Expiry and issue time. */
export const LifeCell = ({ token }: CellProps) => (
  <div className={styles.two}>
    <EndCell token={token} />
    <span className={styles.muted}>
      issued <Ago atMs={token.issuedAtMs} />
    </span>
  </div>
);

export const LastUsedCell = ({ token: { lastUsedAtMs } }: CellProps) => (
  <LastUsed atMs={lastUsedAtMs} nowMs={useKeyfobState(({ clock }) => clock.realMs)} />
);

/** The last use, with the number of reuses below. */
export const UseCell = ({ token }: CellProps) => (
  <div className={styles.two}>
    <LastUsedCell token={token} />
    {token.reuseCount > 0 && (
      <span className={styles.muted}>
        reused {token.reuseCount === 1 ? 'once' : `${formatCount(token.reuseCount)} times`}
      </span>
    )}
  </div>
);
