import { Search } from 'lucide-react';
import { useState } from 'react';
import { ChipsInput } from '../../../renderer/ui/chips/ChipsInput.tsx';
import type { ChipVerdict } from '../../../renderer/ui/chips/chips.ts';
import { DurationInput } from '../../../renderer/ui/fields/DurationInput.tsx';
import { Field } from '../../../renderer/ui/fields/Field.tsx';
import { NumberInput } from '../../../renderer/ui/fields/NumberInput.tsx';
import { PasswordInput } from '../../../renderer/ui/fields/PasswordInput.tsx';
import { TextArea } from '../../../renderer/ui/fields/TextArea.tsx';
import { TextInput } from '../../../renderer/ui/fields/TextInput.tsx';
import { Section } from '../../../renderer/ui/layout/Section.tsx';
import styles from './gallery.module.css';

const device = (text: string): ChipVerdict =>
  /^[A-Za-z0-9._-]+$/.test(text)
    ? { ok: true, becomes: `device_${text}` }
    : { ok: false, problem: 'A device name has letters, digits, dot, underscore and hyphen only.' };
const anything = (): ChipVerdict => ({ ok: true });
const scopes = [
  { value: 'read:orders', description: 'See orders' },
  { value: 'write:orders', description: 'Change orders' },
  { value: 'openid', description: 'Who the user is' },
];
const nowMs = Date.UTC(2026, 10, 23, 14, 45);

export const Inputs = () => {
  const [devices, setDevices] = useState<readonly string[]>(['ipad', 'iphone', 'pix/el']);
  const [chosen, setChosen] = useState<readonly string[]>(['openid']);
  const [lifetime, setLifetime] = useState<number | undefined>(3600);
  const [number, setNumber] = useState<number | undefined>(8243);
  return (
    <Section title="Inputs">
      <div className={styles.grid}>
        <Field label="Name" required hint="How people find it.">
          <TextInput placeholder="Shop" />
        </Field>
        <Field label="Callback URL" optional error="A callback URL begins with https:// or http://. Add it in front.">
          <TextInput mono defaultValue="localhost/callback" />
        </Field>
        <Field label="Search">
          <TextInput type="search" icon={Search} placeholder="Search tokens" />
        </Field>
        <Field label="Password">
          <PasswordInput defaultValue="correct horse" />
        </Field>
        <Field label="Port">
          <NumberInput value={number} onChange={setNumber} min={0} max={65535} />
        </Field>
        <Field label="Days">
          <NumberInput value={7} onChange={() => undefined} unit="days" disabled />
        </Field>
        <Field label="Description" optional>
          <TextArea placeholder="What it is for" />
        </Field>
        <Field label="Access token lifetime">
          <DurationInput value={lifetime} onChange={setLifetime} nowMs={nowMs} />
        </Field>
        <Field label="Devices" hint="Type or paste names: commas, blanks or lines between them.">
          <ChipsInput
            value={devices}
            onChange={setDevices}
            check={device}
            nouns={['device', 'devices']}
            placeholder="ipad, iphone, pixel"
          />
        </Field>
        <Field label="Scopes">
          <ChipsInput
            value={chosen}
            onChange={setChosen}
            check={anything}
            nouns={['scope', 'scopes']}
            suggestions={scopes}
            placeholder="Add a scope"
          />
        </Field>
      </div>
    </Section>
  );
};
