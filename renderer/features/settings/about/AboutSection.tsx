import { useEffect, useState } from 'react';
import type { KeychainAnswer } from '../../../../preload/contract/vault.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useFreshRead } from '../../../store/hooks/calls/useFreshRead.ts';
import { countOf } from '../../../ui/facts/count.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { DefinitionList } from '../../../ui/layout/DefinitionList.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { CopyButton } from '../../../ui/secrets/CopyButton.tsx';
import { useSettings } from '../saving.ts';
import styles from '../settings.module.css';
import { DoctorSection } from './DoctorSection.tsx';
import { bugReport, sizeWords } from './report.ts';

/** One object for all renders: a new one would start a new read. */
const nothing = {};

/** This installation: version, data folder, and a text for bug reports. */
export const AboutSection = () => {
  const { value: about, error } = useFreshRead('about.read', nothing);
  const { run: ask } = useCall('vault.keychain');
  const [keychain, setKeychain] = useState<KeychainAnswer>();
  useEffect(() => void ask({}).then(setKeychain), [ask]);
  const { saved } = useSettings();
  if (error !== undefined)
    return <ErrorNote title="The version and data folder could not be read.">{error.message}</ErrorNote>;
  if (about === undefined) return <Skeleton lines={6} label="Loading version and data folder" />;
  const keychainWords = keychain?.available === false ? `${about.keychain}, not found` : about.keychain;
  const report = bugReport({ ...about, keychain: keychainWords }, saved, navigator.userAgent);
  return (
    <>
      <Section
        title="Data folder"
        description="Everything is stored in this folder, with secrets encrypted. To move to another machine, use a backup. Or copy the folder while Keyfob is stopped: you'll need the passphrase or the recovery key there."
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
        description="Contains no secrets, no names of people or machines, and no paths. Safe to share."
        actions={<CopyButton label="Copy" what="text for a bug report" size="medium" getText={() => report} />}
      >
        <pre className={styles.report}>{report}</pre>
      </Section>
    </>
  );
};
