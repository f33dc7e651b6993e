import { Download } from 'lucide-react';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { download } from '../../../ui/download.ts';
import { formatInstant } from '../../../ui/facts/instant.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { DefinitionList } from '../../../ui/layout/DefinitionList.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { CodeBlock } from '../../../ui/secrets/CodeBlock.tsx';
import { Copyable } from '../../../ui/secrets/Copyable.tsx';
import { CopyButton } from '../../../ui/secrets/CopyButton.tsx';
import styles from './certificate.module.css';
import { TrustSteps } from './TrustSteps.tsx';

/** The installation's certificate authority: copy, download and trust it. */
export const Authority = ({ tokenUrl }: { readonly tokenUrl: string }) => {
  const { value: ca, error } = useRead('endpoint.exportCa', {});
  if (error !== undefined) return <ErrorNote title={error.message} />;
  if (ca === undefined) return <Skeleton label="Loading the certificate authority" />;
  const { pem, caFile, endsAtMs, fingerprintSha256 } = ca;
  return (
    <>
      <Section
        title="Certificate authority"
        description="Created for this installation only. It covers names and addresses of your own network. Clients that trust it trust the endpoint."
        actions={
          <>
            <CopyButton getText={() => pem} what="PEM" label="Copy the PEM" size="medium" />
            <Button icon={Download} onClick={() => download('ca.pem', pem, 'application/x-pem-file')}>
              Download
            </Button>
          </>
        }
      >
        <DefinitionList
          items={[
            { term: 'File', value: <Copyable text={caFile} what="path of the CA file" /> },
            { term: 'Expires', value: formatInstant(endsAtMs) },
            { term: 'SHA-256', value: <Copyable text={fingerprintSha256} what="fingerprint" /> },
          ]}
        />
        <details className={styles.pem}>
          <summary>Show the PEM</summary>
          <CodeBlock text={pem} label="CA certificate" />
        </details>
      </Section>
      <Section title="Set up trust">
        <TrustSteps caFile={caFile} tokenUrl={tokenUrl} />
      </Section>
    </>
  );
};
