import { useEffect, useRef } from 'react';
import { type TrustGuide, type TrustStep, trustGuides, usualGuide } from '../../../../preload/contract/trustTexts.ts';
import { useKeyfobState } from '../../../store/context.ts';
import { useRoute } from '../../../store/hooks/window/window.ts';
import { Tabs } from '../../../ui/layout/Tabs.tsx';
import { CodeBlock } from '../../../ui/secrets/CodeBlock.tsx';
import styles from './certificate.module.css';

const Step = ({ step, label }: { readonly step: TrustStep; readonly label: string }) => (
  <>
    <p>{step.text}</p>
    {step.command !== undefined && <CodeBlock text={step.command} label={label} wrap />}
  </>
);

const Guide = ({ guide }: { readonly guide: TrustGuide }) => (
  <div className={styles.guide}>
    <p className={styles.muted}>{guide.reach}</p>
    <ol className={styles.steps}>
      {guide.steps.map((step, index) => (
        <li key={step.text}>
          <Step step={step} label={`Command of step ${index + 1}`} />
        </li>
      ))}
    </ol>
    {guide.undo !== undefined && (
      <details className={styles.undo}>
        <summary>Undo</summary>
        <Step step={guide.undo} label="Command to undo it" />
      </details>
    )}
  </div>
);

interface TrustStepsProps {
  readonly caFile: string;
  readonly tokenUrl: string;
}

/** Steps to make programs trust the endpoint's certificate, by system. */
export const TrustSteps = ({ caFile, tokenUrl }: TrustStepsProps) => {
  const guides = trustGuides(caFile, tokenUrl);
  const route = useRoute();
  const replace = useKeyfobState((state) => state.route.replace);
  const named = route.screen === 'endpoint' ? route.guide : undefined;
  const wanted = guides.find(({ value }) => value === named)?.value;
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wanted !== undefined) root.current?.scrollIntoView({ block: 'nearest' });
  }, [wanted]);
  return (
    <div ref={root}>
      <Tabs
        aria-label="Systems"
        className={styles.systems ?? ''}
        value={wanted ?? usualGuide(caFile, navigator.userAgent)}
        onChange={(guide) => replace({ screen: 'endpoint', part: 'certificate', guide })}
        tabs={guides.map((guide) => ({ value: guide.value, label: guide.label, content: <Guide guide={guide} /> }))}
      />
    </div>
  );
};
