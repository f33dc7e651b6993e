import { useEffect, useRef } from 'react';
import type { VaultStatus } from '../../../preload/contract/vault.ts';
import { useToast } from '../../store/toasts.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Section } from '../../ui/Section.tsx';

interface DataKeySectionProps {
  readonly status: VaultStatus | undefined;
  readonly onReplace: () => void;
}

/** The key that everything is sealed with, and how far replacing it is. */
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
        title: 'The data key is replaced.',
        detail: 'The one before opens nothing here any more.',
      });
    }
  }, [status, toast]);
  const { done = 0, total = 0, fault } = rotation ?? {};
  return (
    <Section
      title="Data key"
      description="Seals every secret here. Replace it when somebody may have got it, or your recovery key; tokens stay valid."
      actions={<Button onClick={onReplace}>Replace it…</Button>}
      plain={rotation === undefined || fault !== undefined}
    >
      {fault !== undefined && (
        <Banner tone="warn" title={`It is not replaced yet: ${done} of ${total} values are sealed with the new one.`}>
          {fault.message}
        </Banner>
      )}
      {rotation !== undefined && fault === undefined && (
        <Progress label="Sealing everything anew" {...(total > 0 && { value: done, max: total })} />
      )}
    </Section>
  );
};
