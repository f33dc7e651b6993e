import { Countdown } from '../../../renderer/ui/facts/Countdown.tsx';
import { TimeLine } from '../../../renderer/ui/facts/TimeLine.tsx';
import { DefinitionList } from '../../../renderer/ui/layout/DefinitionList.tsx';
import { Section } from '../../../renderer/ui/layout/Section.tsx';
import { CodeBlock } from '../../../renderer/ui/secrets/CodeBlock.tsx';
import { CopyButton } from '../../../renderer/ui/secrets/CopyButton.tsx';
import { QrCode } from '../../../renderer/ui/secrets/QrCode.tsx';
import { Secret } from '../../../renderer/ui/secrets/Secret.tsx';
import styles from './gallery.module.css';

const nowMs = Date.UTC(2026, 10, 23, 14, 45);
const curl = `curl --cacert ~/.local/share/keyfob/ca.pem -u 'wU62DjlyDBnq87GlBwplfqvmAbAa:ksdSdoefDDP7wpaElfqvmjDue' \\
  -d 'grant_type=password&username=ann&password=secret&scope=device_ipad' https://localhost:8243/token`;
const refuse = async () => {
  throw new Error('The vault is locked. Unlock it first.');
};

export const Secrets = () => (
  <Section title="Secrets, times and code">
    <div className={styles.grid}>
      <DefinitionList
        items={[
          { term: 'Consumer key', value: 'wU62DjlyDBnq87GlBwplfqvmAbAa' },
          {
            term: 'Consumer secret',
            value: <Secret label="consumer secret" reveal={async () => 'ksdSdoefDDP7wpaElfqvmjDue_4x'} last4="e_4x" />,
          },
          { term: 'Access token', value: <Secret label="access token" reveal={refuse} /> },
          { term: 'While presenting', value: <Secret label="hidden secret" reveal={refuse} last4="abcd" concealed /> },
          { term: 'Expires in', value: <Countdown endMs={nowMs + 3_552_000} nowMs={nowMs} /> },
          { term: 'Expires soon', value: <Countdown endMs={nowMs + 12_000} nowMs={nowMs} /> },
          { term: 'Expired', value: <Countdown endMs={nowMs - 190_000} nowMs={nowMs} /> },
          { term: 'Never', value: <Countdown endMs={null} nowMs={nowMs} /> },
          { term: 'Copy', value: <CopyButton getText={() => 'text'} what="token" label="Copy" /> },
        ]}
      />
      <div className={styles.stack}>
        <QrCode text="eyJhbGciOiJFUzI1NiJ9.abcdefghijklmnop" label="access token of ipad" size={160} />
        <TimeLine
          label="History"
          events={[
            {
              key: 1,
              tone: 'good',
              title: 'Issued',
              time: '14:45:03',
              detail: 'No live token of this tuple was there.',
            },
            { key: 2, tone: 'info', title: 'Handed out again', time: '14:46:10', detail: '3 times', current: true },
            { key: 3, tone: 'danger', title: 'Revoked', time: '14:52:44', detail: 'By a person, from the list.' },
          ]}
        />
      </div>
    </div>
    <CodeBlock text={curl} label="curl command" secret />
  </Section>
);
