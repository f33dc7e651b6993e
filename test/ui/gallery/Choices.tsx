import { KeyRound, ShieldCheck, User } from 'lucide-react';
import { useState } from 'react';
import { Combobox } from '../../../renderer/ui/choices/Combobox.tsx';
import { KeyTypeSwitch } from '../../../renderer/ui/choices/KeyTypeSwitch.tsx';
import { RadioCards } from '../../../renderer/ui/choices/RadioCards.tsx';
import { SegmentedControl } from '../../../renderer/ui/choices/SegmentedControl.tsx';
import { Select } from '../../../renderer/ui/choices/Select.tsx';
import { Checkbox } from '../../../renderer/ui/fields/Checkbox.tsx';
import { Field } from '../../../renderer/ui/fields/Field.tsx';
import { Switch } from '../../../renderer/ui/fields/Switch.tsx';
import { Section } from '../../../renderer/ui/layout/Section.tsx';
import { Tabs } from '../../../renderer/ui/layout/Tabs.tsx';
import styles from './gallery.module.css';

const people = Array.from({ length: 300 }, (_, index) => ({
  value: `user${index}`,
  label: `user${index}`,
  description: index % 3 === 0 ? 'admin, creator' : undefined,
  icon: User,
}));

export const Choices = () => {
  const [keyType, setKeyType] = useState<'PRODUCTION' | 'SANDBOX'>('PRODUCTION');
  const [behaviour, setBehaviour] = useState<'reuse' | 'renew' | 'multiple'>('reuse');
  const [user, setUser] = useState<string>();
  const [tab, setTab] = useState<'keys' | 'tokens'>('keys');
  const [protection, setProtection] = useState<'keychain' | 'passphrase'>('keychain');
  const [on, setOn] = useState(true);
  return (
    <Section title="Choices">
      <div className={styles.stack}>
        <div className={styles.row}>
          <KeyTypeSwitch value={keyType} onChange={setKeyType} />
          <KeyTypeSwitch value="SANDBOX" onChange={setKeyType} size="small" />
          <SegmentedControl
            aria-label="Secrets in the snippet"
            value="real"
            onChange={() => undefined}
            segments={[
              { value: 'real', label: 'Real' },
              { value: 'placeholder', label: 'Placeholder' },
              { value: 'environment', label: 'Environment' },
            ]}
          />
        </div>
        <div className={styles.grid}>
          <Field label="Issue behaviour">
            <Select
              value={behaviour}
              onChange={setBehaviour}
              options={[
                { value: 'reuse', label: 'Reuse', description: 'The same valid token is handed out again' },
                { value: 'renew', label: 'Renew', description: 'Each request revokes the one before' },
                { value: 'multiple', label: 'Multiple', description: 'Several live at once' },
              ]}
            />
          </Field>
          <Field label="User">
            <Combobox options={people} value={user} onChange={setUser} onCreate={setUser} noun="user" />
          </Field>
          <div className={styles.stack}>
            <Checkbox checked={on} onChange={setOn} label="Password grant" description="Username and password" />
            <Checkbox checked="some" onChange={() => undefined} label="Some of them" />
            <Checkbox checked={false} onChange={() => undefined} label="Not available" disabled />
          </div>
          <div className={styles.stack}>
            <Switch
              checked={on}
              onChange={setOn}
              label="Lock when idle"
              description="After 15 minutes without a key."
            />
            <Switch checked={!on} onChange={(next) => setOn(!next)} label="Plain HTTP" />
          </div>
        </div>
        <Field label="How secrets are protected">
          <RadioCards
            columns={2}
            value={protection}
            onChange={setProtection}
            choices={[
              { value: 'keychain', label: 'System keychain', icon: KeyRound, description: 'Unlocked when you log in.' },
              { value: 'passphrase', label: 'Passphrase', icon: ShieldCheck, description: 'Asked for at each start.' },
            ]}
          />
        </Field>
        <Tabs
          aria-label="Application"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'keys', label: 'Keys', content: <p>Consumer key and secret.</p> },
            { value: 'tokens', label: 'Tokens', content: <p>All tokens of this application.</p> },
          ]}
        />
      </div>
    </Section>
  );
};
