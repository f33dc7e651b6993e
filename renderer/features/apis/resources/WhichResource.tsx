import { useState } from 'react';
import { type Api, apiVerb } from '../../../../preload/contract/apis.ts';
import { useFreshRead } from '../../../store/hooks/calls/useFreshRead.ts';
import { Select } from '../../../ui/choices/Select.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { authWords } from '../words.ts';
import styles from './resources.module.css';

const verbs = apiVerb.options.map((value) => ({ value, label: value }));
const changes = ['apis.changed'] as const;

/** Which API and resource a request leads to, and why. */
export const WhichResource = ({ api }: { readonly api: Api }) => {
  const [verb, setVerb] = useState<(typeof verbs)[number]['value']>('GET');
  const [typed, setTyped] = useState<string>();
  const path = typed ?? `${api.basePath}/`;
  const { value, error } = useFreshRead('apis.match', path === '' ? undefined : { verb, path }, {
    staleAfter: changes,
  });
  const { resource, text } = value ?? {};
  return (
    <Section title="Which resource answers?" description="Type a request. Nothing is sent.">
      <div className={styles.request}>
        <Select aria-label="Verb of the request" options={verbs} value={verb} onChange={setVerb} />
        <TextInput
          mono
          aria-label="Path of the request"
          placeholder={`${api.basePath}/…`}
          value={path}
          onChange={(event) => setTyped(event.target.value.trim())}
        />
      </div>
      <div className={styles.answer} role="status" aria-label="Answer">
        {text !== undefined && <p>{text}</p>}
        {resource !== undefined && (
          <p className={styles.muted}>
            Tokens: {authWords[resource.authType].label.toLowerCase()} · Tier: {resource.tier}
          </p>
        )}
        {error !== undefined && <p>{error.message}</p>}
      </div>
    </Section>
  );
};
