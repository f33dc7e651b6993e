import { Smartphone } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { KeySet } from '../../../preload/contract/keys.ts';
import { useCopyToken } from '../../store/commands.ts';
import { useKeyfob, useKeyfobState } from '../../store/context.ts';
import { type DeviceOwner, type DeviceToken, useDeviceTokens } from '../../store/deviceTokens.ts';
import { hasValue } from '../../store/shownOnce.ts';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import type { RowKey } from '../../ui/tableColumns.ts';
import { CopyDialog } from './CopyDialog.tsx';
import styles from './Desk.module.css';
import { DeviceTable } from './DeviceTable.tsx';
import { DeskContext } from './desk.ts';
import { ListBar, SelectionBar } from './ListBar.tsx';
import { MintForm } from './MintForm.tsx';
import { NewsLine } from './NewsLine.tsx';
import { Blocked, blockOf } from './NotReady.tsx';
import { QrDialog } from './QrDialog.tsx';
import { RevokeDialog } from './RevokeDialog.tsx';
import { rowKeys } from './rowKeys.ts';
import { useDeskState } from './useDeskState.ts';
import { useMint } from './useMint.ts';
import type { OwnerChoice } from './useOwner.ts';

interface DeskProps {
  readonly choice: OwnerChoice;
  readonly owner: DeviceOwner;
  readonly keySet: KeySet;
}

const nothing: ReadonlySet<RowKey> = new Set();

/** Where device tokens are minted and kept in view: the form, the news, the list. */
export const Desk = ({ choice, owner, keySet }: DeskProps) => {
  const list = useDeviceTokens(owner);
  const [filter, setFilter] = useState('');
  const [selected, setSelected] = useState(nothing);
  const [copying, setCopying] = useState<readonly DeviceToken[]>();
  const namesBox = useRef<HTMLDivElement>(null);
  const clear = useRef(() => {});
  const mint = useMint(owner, () => clear.current());
  const state = useDeskState(mint);
  clear.current = () => {
    state.setNews(undefined);
    setFilter('');
    setSelected(nothing);
  };

  const { rows } = list;
  const words = filter.trim().toLowerCase();
  const allLive = useMemo(() => (list.live ?? []).flatMap((id) => rows.get(id) ?? []), [rows, list.live]);
  const tokens = useMemo(() => {
    const fits = ({ scope }: DeviceToken) => scope.toLowerCase().includes(words);
    const retired = list.retired.flatMap((id) => rows.get(id) ?? []);
    return rowKeys(allLive.filter(fits), retired.filter(fits));
  }, [rows, allLive, list.retired, words]);
  // Read anew whenever what is shown once comes or goes.
  useKeyfobState((all) => all.shownOnce.tokens);
  const { store } = useKeyfob();
  const copyable = (some: readonly DeviceToken[]) => some.filter((token) => hasValue(store.getState(), token));
  const chosen = [...tokens].filter(([key]) => selected.has(key)).map(([, token]) => token);
  const tokenId = useKeyfobState((all) => all.selection.selected.tokenId);
  const current = tokenId === undefined ? undefined : rows.get(tokenId);
  useCopyToken(
    `Copy the token of ${current?.device ?? 'the device'}`,
    current?.state === 'ACTIVE' && copyable([current]).length > 0 ? () => state.desk.copy(current) : undefined,
  );

  const forUser = owner.username !== undefined;
  const revoking = new Set(state.revoking?.map(({ id }) => id));
  return (
    <DeskContext value={state.desk}>
      <MintForm choice={choice} mint={mint} namesBox={namesBox} blocked={blockOf(keySet, forUser) !== undefined} />
      <Blocked keySet={keySet} forUser={forUser} />
      <NewsLine
        mint={mint}
        news={state.news}
        onDismiss={() => {
          state.setNews(undefined);
          mint.forget();
        }}
      />
      {list.error !== undefined && <ErrorNote title="The list could not be read.">{list.error.message}</ErrorNote>}
      {chosen.length > 0 ? (
        <SelectionBar tokens={chosen} copyable={copyable} onCopy={setCopying} onClear={() => setSelected(nothing)} />
      ) : (
        <ListBar
          liveCount={allLive.length}
          filter={filter}
          onFilter={setFilter}
          copyableCount={copyable(allLive).length}
          checking={state.checking}
          onCheckAll={() => void state.checkAll()}
          onCopyAll={() => setCopying(allLive)}
        />
      )}
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
                  Name the devices above, like ipad, iphone, pixel: each gets a token of its own.
                </EmptyState>
              ) : (
                <EmptyState title={`No device has “${filter.trim()}”`} />
              )
            }
          />
        )}
      </Card>
      {state.qr !== undefined && <QrDialog token={state.qr} onClose={state.closeQr} />}
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
          rest={allLive.filter(({ id, valid }) => valid && !revoking.has(id))}
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
