import type { EndpointStatus } from '../../../../preload/contract/endpoint.ts';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { formatInstant } from '../../../ui/facts/instant.ts';
import { DefinitionList } from '../../../ui/layout/DefinitionList.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { Authority } from './Authority.tsx';
import styles from './certificate.module.css';
import { ExtraNames } from './ExtraNames.tsx';

/** The endpoint's certificate, its names, and how clients trust it. */
export const Certificate = ({ status }: { readonly status: EndpointStatus }) => (
  <div className={styles.sections}>
    <Section title="Certificate" description="Renewed when names change or before it expires.">
      {status.certificateEndsAtMs === undefined ? (
        <p className={styles.muted}>Shown while the endpoint runs.</p>
      ) : (
        <DefinitionList
          items={[
            {
              term: 'Names',
              value: (
                <span className={styles.names}>
                  {status.names.map((name) => (
                    <Badge key={name} mono>
                      {name}
                    </Badge>
                  ))}
                </span>
              ),
            },
            { term: 'Expires', value: formatInstant(status.certificateEndsAtMs) },
          ]}
        />
      )}
    </Section>
    <ExtraNames />
    <Authority tokenUrl={status.tokenUrl ?? 'https://localhost:8243/token'} />
  </div>
);
