import { CirclePlus } from 'lucide-react';
import { useState } from 'react';
import type { IssueBehaviour, KeySet } from '../../../../preload/contract/keys.ts';
import { useKeyfobState } from '../../../store/context.ts';
import { faultAt } from '../../../store/core/resource.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useMainAction } from '../../../store/hooks/window/useCommands.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { formatCount } from '../../../ui/facts/count.ts';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { Lifetime } from '../keys/Lifetime.tsx';
import { areScopes, ScopePicker } from '../keys/ScopePicker.tsx';
import styles from './ApplicationToken.module.css';
import { TokenCard } from './TokenCard.tsx';

/** Replaces Generate when the key set lacks the client credentials grant. */
const NoClientCredentials = ({ keySet }: { readonly keySet: KeySet }) => {
  const { application, keyType, grantTypes } = keySet;
  const update = useCall('keys.update');
  const add = () => update.run({ application, keyType, grantTypes: [...grantTypes, 'client_credentials'] });
  return (
    <Banner
      title="These keys can't get application tokens."
      actions={
        <Button size="small" loading={update.pending} onClick={() => void add()}>
          Add the grant
        </Button>
      }
    >
      {update.error?.message ?? 'They lack the client credentials grant.'}
    </Banner>
  );
};

/** Explains that Generate returned the existing token. */
const ReusedToken = ({ behaviour }: { readonly behaviour: IssueBehaviour }) => (
  <Banner title="You got the same token.">
    It is active for these scopes, and {behaviour === 'reuse' ? 'this key set reuses active tokens' : 'it is reused'}.
    For a new one, regenerate it, choose other scopes, or set the key set to renew.
  </Banner>
);

/** A key set's application token, and a form that issues another for other scopes or another lifetime. */
export const ApplicationToken = ({ keySet }: { readonly keySet: KeySet }) => {
  const { application, keyType, grantTypes, state } = keySet;
  const which = { application, keyType, userType: 'APPLICATION', deviceTokens: false, validity: 'valid' } as const;
  const live = useRead('tokens.list', { ...which, limit: 1 });
  const count = useRead('tokens.count', which).value?.total ?? 0;
  const issue = useCall('tokens.issue');
  const look = useKeyfobState((store) => store.windowContext.look);
  const [issued, setIssued] = useState<{ readonly id: number; readonly reused: boolean }>();
  const [scopes, setScopes] = useState<readonly string[]>([]);
  /** `null`: the key set's lifetime. */
  const [chosenSeconds, setChosenSeconds] = useState<number | undefined | null>(null);
  const seconds = chosenSeconds === null ? keySet.applicationTokenValiditySeconds : chosenSeconds;

  const show = (id: number, scope: string, reused: boolean) => {
    setIssued({ id, reused });
    look({ application, keyType, scope, tokenId: id });
  };
  const ready = areScopes(scopes) && seconds !== undefined;
  const generate = async () => {
    const validity = chosenSeconds === null ? {} : { validitySeconds: seconds };
    const scope = scopes.join(' ');
    const token = await issue.run({ application, keyType, scope, ...validity });
    if (token !== undefined) show(token.id, scope, token.reused);
  };
  const may = state === 'ACTIVE' && grantTypes.includes('client_credentials');
  useMainAction('Generate an application token', may && ready ? () => void generate() : undefined);

  const id = issued?.id ?? live.value?.items[0]?.id;
  const fields = ['scope', 'validitySeconds'];
  const other = fields.some((path) => faultAt(issue.error, path) !== undefined) ? undefined : issue.error;
  return (
    <Section
      title="Application token"
      description="Belongs to the application, not to a user."
      actions={
        count > 1 && (
          <a href={hrefOf({ screen: 'tokens', filter: { application, keyType, userType: 'APPLICATION' } })}>
            {formatCount(count)} active
          </a>
        )
      }
    >
      <div className={styles.stack}>
        {id === undefined ? (
          live.value !== undefined && <p className={styles.note}>No active application token.</p>
        ) : (
          <TokenCard key={id} id={id} keySet={keySet} validitySeconds={seconds} onRegenerated={show} />
        )}
        {issued?.reused === true && <ReusedToken behaviour={keySet.issueBehaviour} />}
        {state === 'REVOKED' ? (
          <Banner>Revoked keys can't get tokens.</Banner>
        ) : !may ? (
          <NoClientCredentials keySet={keySet} />
        ) : (
          <>
            <div className={styles.form}>
              <ScopePicker value={scopes} onChange={setScopes} error={faultAt(issue.error, 'scope')} />
              <Lifetime
                label="Lifetime"
                value={seconds}
                onChange={setChosenSeconds}
                error={faultAt(issue.error, 'validitySeconds')}
              />
            </div>
            {other !== undefined && <ErrorNote title={other.message} details={other.code} />}
            <div className={styles.buttons}>
              <Button
                look="primary"
                icon={CirclePlus}
                loading={issue.pending}
                disabled={!ready}
                onClick={() => void generate()}
              >
                Generate
              </Button>
            </div>
          </>
        )}
      </div>
    </Section>
  );
};
