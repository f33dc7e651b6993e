import { Smartphone } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeySet } from '../../../../preload/contract/keys.ts';
import type { User } from '../../../../preload/contract/users.ts';
import { useKeyfob, useKeyfobState } from '../../../store/context.ts';
import { hasValue } from '../../../store/hooks/topics/tokenValues.ts';
import { useDeviceTokens } from '../../../store/hooks/topics/useDevices.ts';
import { useAskedDialog } from '../../../store/hooks/window/useAskedDialog.ts';
import { useCopyToken, useVerifyAction } from '../../../store/hooks/window/useCommands.ts';
import { type TableSetup, useTableSetup } from '../../../store/hooks/window/useTableSetup.ts';
import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import { type DeviceOwner, ownerKey } from '../../../store/topics/devices/deviceTokens.ts';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { Card } from '../../../ui/layout/Card.tsx';
import type { RowKey } from '../../../ui/tables/tableColumns.ts';
import { type DeviceActions, DeviceActionsContext } from '../deviceActions.ts';
import { ExportDialog } from '../dialogs/ExportDialog.tsx';
import { RevokeDialog } from '../dialogs/RevokeDialog.tsx';
import { MintForm } from '../mint/MintForm.tsx';
import { NewsLine } from '../mint/NewsLine.tsx';
import { useMint } from '../mint/useMint.ts';
import { Blocked, blockOf } from '../NotReady.tsx';
import { SetDialogs } from '../sets/SetDialogs.tsx';
import { setOf } from '../sets/setOf.ts';
import { useDeviceSets } from '../sets/useDeviceSets.ts';
import { DeviceColumns, DeviceTable, rowKeys, sortTokens } from './DeviceTable.tsx';
import styles from './DeviceTokens.module.css';
import { ListBar } from './ListBar.tsx';
import { useDeviceTokensState } from './useDeviceTokensState.ts';

interface DeviceTokensProps {
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

/** Gives the owner's tokens, and those that match the filter, in the order of the table. */
function useFilteredTokens(owner: DeviceOwner, filter: string, sort: TableSetup['sort']) {
  const list = useDeviceTokens(owner);
  const words = filter.trim().toLowerCase();
  const { rows } = list;
  const live = useMemo(() => (list.live ?? []).flatMap((id) => rows.get(id) ?? []), [rows, list.live]);
  const found = useMemo(() => {
    const fits = ({ scope }: DeviceToken) => scope.toLowerCase().includes(words);
    const retired = list.retired.flatMap((id) => rows.get(id) ?? []);
    const shown = sortTokens(words === '' ? live : live.filter(fits), sort);
    return { shown, tokens: rowKeys(shown, sortTokens(retired.filter(fits), sort)) };
  }, [rows, live, list.retired, words, sort]);
  return { list, words, live, ...found };
}

/** Gives those of some tokens whose values Keyfob keeps, or still holds because they are shown once. */
function useCopyable() {
  const { store } = useKeyfob();
  // Shown-once values come and go without a change of the tokens.
  useKeyfobState((all) => all.shownOnce.tokens);
  return (some: readonly DeviceToken[]) => some.filter((token) => hasValue(store.getState(), token));
}

/** Binds the shortcut that copies the viewed token, while it has a value. */
function useCopyViewed(
  rows: ReadonlyMap<number, DeviceToken>,
  copyable: ReturnType<typeof useCopyable>,
  copy: DeviceActions['copyToken'],
): void {
  const tokenId = useKeyfobState((all) => all.windowContext.lookedAt?.tokenId);
  const viewed = tokenId === undefined ? undefined : rows.get(tokenId);
  const can = viewed?.state === 'ACTIVE' && copyable([viewed]).length > 0;
  useCopyToken(`Copy the token of ${viewed?.device ?? 'the device'}`, can ? () => copy(viewed) : undefined);
}

const NoTokens = ({ filter }: { readonly filter: string }) =>
  filter === '' ? (
    <EmptyState icon={Smartphone} title="No device token yet">
      Name the devices above, like ipad, iphone, pixel: each gets its own token.
    </EmptyState>
  ) : (
    <EmptyState title={`No results for “${filter}”`} />
  );

/** Mints and lists the device tokens of one owner. */
export const DeviceTokens = ({ owner, keySet, user }: DeviceTokensProps) => {
  const [filter, setFilter] = useState('');
  const [selected, setSelected] = useState(nothing);
  const [exporting, setExporting] = useState<readonly DeviceToken[]>();
  const namesBox = useRef<HTMLDivElement>(null);
  const clear = useRef(() => {});
  const mint = useMint(owner, () => clear.current());
  const setup = useTableSetup('devices');
  const { list, words, live, shown, tokens } = useFilteredTokens(owner, filter, setup.sort);
  const sets = useDeviceSets(mint);
  useAskedDialog('deviceSet', sets.sets, (action, set) => sets.actions[action](set));
  const copyable = useCopyable();
  const { show } = useKeyfobState((state) => state.qr);
  const { actions, news, setNews, revocation, verification, ...state } = useDeviceTokensState(mint, (token) =>
    show(token, copyable(shown)),
  );
  const verify = () => void verification.verifyAll();
  useVerifyAction(list.rows.size > 0 ? verify : undefined);
  useForgetOutcome(owner);
  useCopyViewed(list.rows, copyable, actions.copyToken);
  clear.current = () => {
    setNews(undefined);
    setFilter('');
    setSelected(nothing);
  };
  const dismiss = () => {
    setNews(undefined);
    mint.forget();
  };
  const { toRevoke = [] } = state;
  return (
    <DeviceActionsContext value={actions}>
      <MintForm
        mint={mint}
        tokens={list.rows.values()}
        namesBox={namesBox}
        blocked={blockOf(keySet, user) !== undefined}
        usualSeconds={user ? keySet.userTokenValiditySeconds : keySet.applicationTokenValiditySeconds}
        sets={sets}
      />
      <Blocked keySet={keySet} user={user} />
      <NewsLine mint={mint} news={news} verification={verification} onDismiss={dismiss} />
      {list.error !== undefined && <ErrorNote title="The list could not be read.">{list.error.message}</ErrorNote>}
      <ListBar
        {...{ live, shown, filter }}
        selected={[...tokens].filter(([key]) => selected.has(key)).map(([, token]) => token)}
        onFilter={setFilter}
        onExport={setExporting}
        onSaveSet={(chosen) => sets.setSaving(setOf(chosen))}
        onClear={() => setSelected(nothing)}
        canVerify={tokens.size > 0}
        verifying={verification.progress !== undefined}
        onVerifyAll={verify}
        columns={<DeviceColumns setup={setup} />}
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
            setup={setup}
            empty={<NoTokens filter={filter.trim()} />}
          />
        )}
      </Card>
      <SetDialogs sets={sets} />
      {exporting !== undefined && (
        <ExportDialog owner={owner} tokens={exporting} onClose={() => setExporting(undefined)} />
      )}
      {toRevoke.length > 0 && (
        <RevokeDialog
          tokens={toRevoke}
          rest={live.filter((token) => token.valid && !toRevoke.some(({ id }) => id === token.id))}
          onRevoke={async () => {
            await revocation.revoke(toRevoke);
            setSelected(nothing);
          }}
          progress={revocation.progress}
          onStop={revocation.stop}
          onClose={state.closeRevoke}
        />
      )}
    </DeviceActionsContext>
  );
};
