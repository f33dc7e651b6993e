import { useState } from 'react';
import type { Consent } from '../../../preload/contract/consents.ts';
import { useKeyfob } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { ConfirmDialog } from '../../ui/overlays/ConfirmDialog.tsx';
import styles from './users.module.css';

/** The apps that a user always approves, each with a way to withdraw that. */
export const UserConsents = ({ username }: { readonly username: string }) => {
  const { host } = useKeyfob();
  const [asked, setAsked] = useState<Consent>();
  const consents = useRead('consents.list', { user: username }).value?.items ?? [];
  if (consents.length === 0 && asked === undefined) return <span className={styles.muted}>none</span>;
  return (
    <>
      <ul>
        {consents.map((consent) => (
          <li key={consent.id} className={styles.line}>
            <span>
              {consent.application} <span className={styles.muted}>{consent.scope || 'default'}</span>
            </span>
            <Button
              size="small"
              aria-label={`Withdraw the consent to ${consent.application}`}
              onClick={() => setAsked(consent)}
            >
              Withdraw…
            </Button>
          </li>
        ))}
      </ul>
      {asked !== undefined && (
        <ConfirmDialog
          open
          onOpenChange={() => setAsked(undefined)}
          title={`Withdraw the consent of ${username} to ${asked.application}?`}
          description="The next sign-in asks again. The user's active tokens of these keys are revoked."
          confirmLabel="Withdraw consent"
          onConfirm={async () => void (await host.call('consents.withdraw', { consent: asked.id }))}
        />
      )}
    </>
  );
};
