import { useEffect, useState } from 'react';
import type { KeychainAnswer } from '../../../preload/contract/vault.ts';
import { useCall } from '../../store/hooks/useCall.ts';
import { useFreshRead } from '../../store/hooks/useFreshRead.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { countOf } from '../../ui/count.ts';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Section } from '../../ui/Section.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { DoctorSection } from './DoctorSection.tsx';
import { bugReport, sizeWords } from './report.ts';
import { useSettings } from './saving.ts';
import styles from './settings.module.css';

/** Always the same object, as a new one would be asked anew. */
const nothing = {};

/** What this Keyfob is, where it keeps its data, and a text for a report. */
export const AboutSection = () => {
  const { value: about, error } = useFreshRead('about.read', nothing);
  const { run: ask } = useCall('vault.keychain');
  const [keychain, setKeychain] = useState<KeychainAnswer>();
  useEffect(() => void ask({}).then(setKeychain), [ask]);
  const { saved } = useSettings();
  if (error !== undefined) return <ErrorNote title="Keyfob could not say what it is.">{error.message}</ErrorNote>;
  if (about === undefined) return <Skeleton lines={6} label="Loading what this Keyfob is" />;
  const keychainWords = keychain?.available === false ? `${about.keychain}, not found` : about.keychain;
  const report = bugReport({ ...about, keychain: keychainWords }, saved, navigator.userAgent);
  return (
    <>
      <Section
        title="Data folder"
        description="All that Keyfob keeps is in this one folder, secrets sealed. A backup moves it to another machine; so does a copy of the folder, made while Keyfob is stopped, with the passphrase or the recovery key."
      >
        <DefinitionList
          items={[
            {
              term: 'Folder',
              value: (
                <span className={styles.copied}>
                  <code>{about.folder}</code>
                  <CopyButton what="path of the data folder" getText={() => about.folder} />
                </span>
              ),
            },
            {
              term: 'Database',
              value: `${sizeWords(about.databaseBytes)}, ${countOf(about.tokens, 'token')}`,
            },
          ]}
        />
      </Section>
      <Section title="About">
        <DefinitionList
          items={[
            { term: 'Version', value: `Keyfob ${about.version}` },
            { term: 'Runs as', value: `${about.what}, process ${about.processId}` },
            { term: 'Node', value: about.node },
            { term: 'System', value: about.platform },
            { term: 'Keychain', value: keychain === undefined ? 'Looking…' : keychainWords },
            ...(about.sandbox === undefined ? [] : [{ term: 'Sandbox', value: about.sandbox }]),
          ]}
        />
      </Section>
      <DoctorSection />
      <Section
        plain
        title="For a bug report"
        description="No secrets in it, no names of people or machines, and no paths: safe to paste."
        actions={<CopyButton label="Copy" what="text for a bug report" size="medium" getText={() => report} />}
      >
        <pre className={styles.report}>{report}</pre>
      </Section>
    </>
  );
};
