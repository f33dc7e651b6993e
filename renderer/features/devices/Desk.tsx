import { Smartphone } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeySet } from '../../../preload/contract/keys.ts';
import type { User } from '../../../preload/contract/users.ts';
import { useKeyfob, useKeyfobState } from '../../store/context.ts';
import { hasValue } from '../../store/hooks/tokenValues.ts';
import { useCopyToken } from '../../store/hooks/useCommands.ts';
import { useDeviceTokens } from '../../store/hooks/useDevices.ts';
import type { DeviceToken } from '../../store/topics/deviceTokenReads.ts';
import { type DeviceOwner, ownerKey } from '../../store/topics/deviceTokens.ts';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import type { RowKey } from '../../ui/tableColumns.ts';
import { CopyDialog } from './CopyDialog.tsx';
import styles from './Desk.module.css';
import { DeviceTable } from './DeviceTable.tsx';
import { DeskContext } from './desk.ts';
import { ListBar } from './ListBar.tsx';
import { MintForm } from './MintForm.tsx';
import { NewsLine } from './NewsLine.tsx';
import { Blocked, blockOf } from './NotReady.tsx';
import { QrDialog } from './QrDialog.tsx';
import { RevokeDialog } from './RevokeDialog.tsx';
import { rowKeys } from './rowKeys.ts';
import { useDeskState } from './useDeskState.ts';
import { useMint } from './useMint.ts';

interface DeskProps {
  readonly owner: DeviceOwner;
  readonly keySet: KeySet;
  /** Absent for application tokens. */
  readonly user: User | undefined;
}

const nothing: ReadonlySet<RowKey> = new Set();

/** Clears the finished minting when its list is left. A running one is kept for the way back. */
function useForgetOutcome(owner: DeviceOwner): void {
  const { store } = useKeyfob();
  const key = ownerKey(owner);
  useEffect(
    () => () => {
      const { outcome, forget } = store.getState().devices;
      if (outcome !== undefined && ownerKey(outcome.owner) === key) forget();
    },
    [store, key],
  );
}

/** Mints and lists the device tokens of one owner. */
export const Desk = ({ owner, keySet, user }: DeskProps) => {
  const list = useDeviceTokens(owner);
  const [filter, setFilter] = useState('');
  const [selected, setSelected] = useState(nothing);
  const [copying, setCopying] = useState<readonly DeviceToken[]>();
  const namesBox = useRef<HTMLDivElement>(null);
  const clear = useRef(() => {});
  const mint = useMint(owner, () => clear.current());
  const state = useDeskState(mint);
  useForgetOutcome(owner);
  clear.current = () => {
    state.setNews(undefined);
    setFilter('');
    setSelected(nothing);
  };

  const { rows } = list;
  const words = filter.trim().toLowerCase();
  const live = useMemo(() => (list.live ?? []).flatMap((id) => rows.get(id) ?? []), [rows, list.live]);
  const { shown, tokens } = useMemo(() => {
    const fits = ({ scope }: DeviceToken) => scope.toLowerCase().includes(words);
    const retired = list.retired.flatMap((id) => rows.get(id) ?? []);
    const found = words === '' ? live : live.filter(fits);
    return { shown: found, tokens: rowKeys(found, retired.filter(fits)) };
  }, [rows, live, list.retired, words]);
  // Shown-once values change the list, so read it again.
  useKeyfobState((all) => all.shownOnce.tokens);
  const { store } = useKeyfob();
  const copyable = (some: readonly DeviceToken[]) => some.filter((token) => hasValue(store.getState(), token));
  const chosen = [...tokens].filter(([key]) => selected.has(key)).map(([, token]) => token);
  const tokenId = useKeyfobState((all) => all.windowContext.lookedAt?.tokenId);
  const current = tokenId === undefined ? undefined : rows.get(tokenId);
  useCopyToken(
    `Copy the token of ${current?.device ?? 'the device'}`,
    current?.state === 'ACTIVE' && copyable([current]).length > 0 ? () => state.desk.copy(current) : undefined,
  );

  const revoking = new Set(state.revoking?.map(({ id }) => id));
  return (
    <DeskContext value={state.desk}>
      <MintForm mint={mint} tokens={rows.values()} namesBox={namesBox} blocked={blockOf(keySet, user) !== undefined} />
      <Blocked keySet={keySet} user={user} />
      <NewsLine
        mint={mint}
        news={state.news}
        onDismiss={() => {
          state.setNews(undefined);
          mint.forget();
        }}
      />
      {list.error !== undefined && <ErrorNote title="The list could not be read.">{list.error.message}</ErrorNote>}
      <ListBar
        {...{ live, shown, filter, copyable }}
        selected={chosen}
        onFilter={setFilter}
        onCopy={setCopying}
        onClear={() => setSelected(nothing)}
        verifying={state.verifying}
        onVerifyAll={() => void state.verifyAll()}
      />
      <Card flush className={styles.table}>
        {list.live === undefined ? (
          <Skeleton lines={3} label="Loading the device tokens" />
        ) : (
          <DeviceTable
            list={JSON.stringify([owner, words])}
            tokens={tokens}
            selected={selected}
            onSelect={setSelected}
            empty={
              words === '' ? (
                <EmptyState icon={Smartphone} title="No device token yet">
                  Name the devices above, like ipad, iphone, pixel: each gets its own token.
                </EmptyState>
              ) : (
                <EmptyState title={`No device has “${filter.trim()}”`} />
              )
            }
          />
        )}
      </Card>
      {state.qr !== undefined && (
        <QrDialog token={state.qr} tokens={copyable(shown)} onShow={state.desk.showQr} onClose={state.closeQr} />
      )}
      {copying !== undefined && (
        <CopyDialog
          tokens={copyable(copying)}
          notKept={copying.length - copyable(copying).length}
          onClose={() => setCopying(undefined)}
        />
      )}
      {state.revoking !== undefined && (
        <RevokeDialog
          tokens={state.revoking}
          rest={live.filter(({ id, valid }) => valid && !revoking.has(id))}
          onRevoke={async () => {
            await state.revoke(state.revoking ?? []);
            setSelected(nothing);
          }}
          progress={state.revoked}
          onStop={state.stopRevoking}
          onClose={state.closeRevoke}
        />
      )}
    </DeskContext>
  );
};
