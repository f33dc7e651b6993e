import { useEffect, useRef } from 'react';
import type { VaultStatus } from '../../../../preload/contract/vault.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { formatCount } from '../../../ui/facts/count.ts';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { Progress } from '../../../ui/feedback/Progress.tsx';
import { Section } from '../../../ui/layout/Section.tsx';

interface DataKeySectionProps {
  readonly status: VaultStatus | undefined;
  readonly onReplace: () => void;
}

/** The data key, and the progress of its replacement. */
export const DataKeySection = ({ status, onReplace }: DataKeySectionProps) => {
  const toast = useToast();
  const rotation = status?.rotation;
  const underWay = useRef(false);
  useEffect(() => {
    if (status === undefined) return;
    const wasUnderWay = underWay.current;
    underWay.current = status.rotation !== undefined;
    if (wasUnderWay && !underWay.current) {
      toast({
        tone: 'good',
        title: 'Data key replaced',
        detail: 'The old one no longer opens anything here.',
      });
    }
  }, [status, toast]);
  const { done = 0, total = 0, fault } = rotation ?? {};
  return (
    <Section
      title="Data key"
      description="Encrypts everything. Replace it if it (or your recovery key) may have leaked. Tokens stay valid."
      actions={<Button onClick={onReplace}>Replace key…</Button>}
      plain={rotation === undefined || fault !== undefined}
    >
      {fault !== undefined && (
        <Banner
          tone="warn"
          title={`Not replaced yet: ${formatCount(done)} of ${formatCount(total)} values are encrypted with the new key.`}
        >
          {fault.message}
        </Banner>
      )}
      {rotation !== undefined && fault === undefined && (
        <Progress label="Encrypting everything again" {...(total > 0 && { value: done, max: total })} />
      )}
    </Section>
  );
};
