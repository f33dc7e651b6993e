import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { KeySet } from '../../../../preload/contract/keys.ts';
import { type Server, serverKindNames } from '../../../../preload/contract/servers.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Switch } from '../../../ui/fields/Switch.tsx';
import { DefinitionList } from '../../../ui/layout/DefinitionList.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { Copyable } from '../../../ui/secrets/Copyable.tsx';
import { servedHereWords } from '../words.ts';
import { ServerDialog } from './ServerDialog.tsx';
import styles from './server.module.css';

const Address = ({ url, what }: { readonly url: string; readonly what: string }) =>
  url === '' ? <span className={styles.unknown}>unknown</span> : <Copyable text={url} what={what} />;

const authorityWords = ({ caCertificate }: Server): string => {
  const count = caCertificate.match(/-----BEGIN CERTIFICATE-----/g)?.length ?? 0;
  return count === 0 ? 'One that the system trusts' : `${countOf(count, 'certificate')}, named by --cacert`;
};

/** The server that issued keys, and whether this machine serves them too. */
export const ServerSection = ({ keySet, server }: { readonly keySet: KeySet; readonly server: Server }) => {
  const { application, keyType, servedHere } = keySet;
  const update = useCall('keys.updateServer');
  const [open, setOpen] = useState(false);
  const { kind, tokenUrl, revokeUrl, introspectUrl } = server;
  return (
    <Section
      title="Server"
      description="Snippets address it."
      actions={
        <Button size="small" icon={Pencil} onClick={() => setOpen(true)}>
          Edit server
        </Button>
      }
    >
      <div className={styles.stack}>
        <DefinitionList
          items={[
            { term: 'Kind', value: serverKindNames[kind] },
            { term: 'Token', value: <Address url={tokenUrl} what="token address" /> },
            { term: 'Revocation', value: <Address url={revokeUrl} what="revocation address" /> },
            { term: 'Introspection', value: <Address url={introspectUrl} what="introspection address" /> },
            { term: 'Authority', value: authorityWords(server) },
          ]}
        />
        <Switch
          {...servedHereWords}
          checked={servedHere}
          disabled={update.pending}
          onChange={(next) => void update.run({ application, keyType, servedHere: next })}
        />
        {update.error !== undefined && <ErrorNote title={update.error.message} details={update.error.code} />}
        {!servedHere && <Banner title="This machine refuses these keys.">It issues no tokens for them.</Banner>}
      </div>
      {open && (
        <ServerDialog application={application} keyType={keyType} keySet={keySet} onClose={() => setOpen(false)} />
      )}
    </Section>
  );
};
