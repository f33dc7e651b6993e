import { useState } from 'react';
import { endpointNames } from '../../../preload/contract/endpointNames.ts';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import { settingTexts } from '../../../preload/contract/settings/settingTexts.ts';

import { useKeyfob } from '../../store/context.ts';
import { asKeyfobError } from '../../store/core/resource.ts';
import { Select } from '../../ui/choices/Select.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { Section } from '../../ui/layout/Section.tsx';
import styles from './endpoint.module.css';

/** The host name of the issuer, which saves at once. */
export const IssuerHost = ({ settings: { issuerHost, extraNames } }: { readonly settings: Settings }) => {
  const { host } = useKeyfob();
  const [problem, setProblem] = useState<string>();

  async function save(name: string): Promise<void> {
    setProblem(undefined);
    try {
      await host.call('settings.write', { issuerHost: name });
    } catch (error) {
      setProblem(asKeyfobError(error).message);
    }
  }

  const { title, explanation } = settingTexts.issuerHost;
  return (
    <Section title="OpenID issuer" description={explanation}>
      <div className={styles.form}>
        <Field label={title} error={problem}>
          <Select
            value={issuerHost}
            onChange={(name) => void save(name)}
            options={endpointNames(extraNames).map((name) => ({ value: name, label: name }))}
          />
        </Field>
      </div>
    </Section>
  );
};
