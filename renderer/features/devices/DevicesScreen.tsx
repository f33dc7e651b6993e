import { ownerKey } from '../../store/topics/devices/deviceTokens.ts';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { PageHeader } from '../../ui/layout/PageHeader.tsx';
import styles from './DevicesScreen.module.css';
import { DeviceTokens } from './list/DeviceTokens.tsx';
import { GoneApplication, NoApplication, NoKeys, NoUser } from './NotReady.tsx';
import { type OwnerChoice, useOwner } from './useOwner.ts';

const Body = ({ choice }: { readonly choice: OwnerChoice }) => {
  const { application, applications, goneApplication, keySet, owner } = choice;
  if (applications.length === 0) return <NoApplication />;
  if (goneApplication !== undefined) return <GoneApplication name={goneApplication} />;
  if (keySet === null) return <NoKeys choice={choice} />;
  if (application === undefined || keySet === undefined) return <Skeleton label="Loading the keys" />;
  if (owner === undefined) return <NoUser choice={choice} />;
  // News, badges, filter and draft belong to one owner, so another owner starts fresh.
  return <DeviceTokens key={ownerKey(owner)} owner={owner} keySet={keySet} user={choice.user ?? undefined} />;
};

/** Mints a token per device. Each can be revoked alone. */
export const DevicesScreen = () => {
  const { choice, error } = useOwner();
  return (
    <div className={styles.root}>
      <PageHeader title="Device tokens" description="Revoke one device, and the others keep working." />
      {error !== undefined && <ErrorNote title="Some data could not be read.">{error.message}</ErrorNote>}
      {choice === undefined ? error === undefined && <Skeleton label="Loading" /> : <Body choice={choice} />}
    </div>
  );
};
