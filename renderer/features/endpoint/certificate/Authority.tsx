import { Download } from 'lucide-react';
import { useRead } from '../../../store/hooks/useRead.ts';
import { Button } from '../../../ui/Button.tsx';
import { CodeBlock } from '../../../ui/CodeBlock.tsx';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { DefinitionList } from '../../../ui/DefinitionList.tsx';
import { download } from '../../../ui/download.ts';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { formatInstant } from '../../../ui/instant.ts';
import { Section } from '../../../ui/Section.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Copyable } from '../Copyable.tsx';
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
