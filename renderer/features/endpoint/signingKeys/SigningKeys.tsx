import { RefreshCw } from 'lucide-react';
import type { SigningKey } from '../../../../preload/contract/signingKeys.ts';
import { type SigningAlgorithm, signingAlgorithm } from '../../../../preload/contract/values.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { formatInstant } from '../../../ui/facts/instant.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { ShortTable } from '../../../ui/tables/ShortTable.tsx';
import type { Column } from '../../../ui/tables/tableColumns.ts';
import styles from './signingKeys.module.css';

const publication = ({ published, publishedUntilMs }: SigningKey): string => {
  if (publishedUntilMs === undefined) return 'until its rotation';
  return published ? `until ${formatInstant(publishedUntilMs)}` : 'no longer';
};

const columns: readonly Column<SigningKey>[] = [
  { key: 'algorithm', header: 'Algorithm', width: '88px', cell: ({ algorithm }) => algorithm },
  {
    key: 'state',
    header: 'State',
    width: '92px',
    cell: ({ state }) => <Badge tone={state === 'signing' ? 'good' : 'neutral'}>{state}</Badge>,
  },
  {
    key: 'kid',
    header: 'Key id (kid)',
    width: 'minmax(110px, 1fr)',
    cell: ({ kid, otherKids }) => (
      <span className={styles.kid} title={[kid, ...otherKids].join('\n')}>
        {kid}
      </span>
    ),
  },
  {
    key: 'created',
    header: 'Created',
    width: '146px',
    cell: ({ createdAtMs }) => formatInstant(createdAtMs),
  },
  { key: 'published', header: 'Published', width: '170px', cell: publication },
];

const keyOf = ({ kid }: SigningKey) => kid;
const labelOf = ({ algorithm, kid, state }: SigningKey) => `${algorithm} key ${kid}, ${state}`;

const Rotate = ({ algorithm }: { readonly algorithm: SigningAlgorithm }) => {
  const rotate = useCall('signingKeys.rotate');
  const toast = useToast();
  const run = async () => {
    const created = await rotate.run({ algorithm });
    if (created === undefined) return;
    toast({
      tone: 'good',
      title: `A new ${algorithm} key signs now.`,
      detail: 'The previous one stays published until its last JWT expires.',
    });
  };
  return (
    <>
      {rotate.error !== undefined && <ErrorNote title={rotate.error.message} />}
      <Button icon={RefreshCw} loading={rotate.pending} onClick={() => void run()}>
        Rotate {algorithm}
      </Button>
    </>
  );
};

/** The keys that sign JWTs, and their rotation. */
export const SigningKeys = () => {
  const { value, error } = useRead('signingKeys.list', {});
  return (
    <Section
      title="Signing keys"
      description="They sign JWTs. Verifiers find the published ones at /oauth2/jwks."
      flush
      actions={signingAlgorithm.options.map((algorithm) => <Rotate key={algorithm} algorithm={algorithm} />)}
    >
      {error !== undefined && <ErrorNote title={error.message} />}
      {value === undefined && error === undefined && <Skeleton label="Loading the signing keys" />}
      {value !== undefined && (
        <ShortTable
          label="Signing keys"
          columns={columns}
          rows={value.items}
          rowHeight={40}
          rowKey={keyOf}
          rowLabel={labelOf}
        />
      )}
    </Section>
  );
};
