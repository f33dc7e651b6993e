import { useKeyTypeAction } from '../../store/commands.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { KeyTypeSwitch } from '../../ui/KeyTypeSwitch.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Desk } from './Desk.tsx';
import styles from './DevicesScreen.module.css';
import { NoApplication, NoKeys, NoUser } from './NotReady.tsx';
import { type OwnerChoice, useOwner } from './useOwner.ts';

const Body = ({ choice }: { readonly choice: OwnerChoice }) => {
  const { application, keySet, username, owner } = choice;
  if (application === undefined) return <NoApplication />;
  if (keySet === null) return <NoKeys choice={choice} />;
  if (username === undefined || owner === undefined) return <NoUser choice={choice} />;
  if (keySet === undefined) return <Skeleton label="Loading the keys" />;
  return <Desk choice={choice} owner={owner} keySet={keySet} />;
};

/** Device tokens: one per device, minted together, each revoked by itself. */
export const DevicesScreen = () => {
  const { choice, error } = useOwner();
  useKeyTypeAction(choice?.keyType ?? 'PRODUCTION', choice?.pickKeyType);
  return (
    <div className={styles.root}>
      <PageHeader
        title="Device tokens"
        description="Revoke one device, and the others keep working."
        actions={choice !== undefined && <KeyTypeSwitch value={choice.keyType} onChange={choice.pickKeyType} />}
      />
      {error !== undefined && <ErrorNote title="Not all could be read.">{error.message}</ErrorNote>}
      {choice === undefined ? error === undefined && <Skeleton label="Loading" /> : <Body choice={choice} />}
    </div>
  );
};
