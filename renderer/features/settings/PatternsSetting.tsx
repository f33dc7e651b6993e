import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { settingsShape } from '../../../preload/contract/settings.ts';
import { settingTexts } from '../../../preload/contract/settingTexts.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { Meant } from './Meant.tsx';
import { SettingFrame } from './SettingFrame.tsx';
import styles from './settings.module.css';
import { useSetting } from './useSetting.ts';

const name = 'allowedScopePatterns';

/** Scope patterns, one a line: they may hold commas, which chips would be split at. */
export const PatternsSetting = () => {
  const field = useSetting(name);
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const patterns = field.value ?? [];

  const add = () => {
    const pattern = typed.trim();
    if (pattern === '') return;
    const next = [...patterns.filter((other) => other !== pattern), pattern];
    const issue = settingsShape[name].safeParse(next).error?.issues[0];
    setFault(issue?.message);
    if (issue !== undefined) return;
    setTyped('');
    field.save(next);
  };
  const remove = (pattern: string) => {
    field.save(patterns.filter((other) => other !== pattern));
    input.current?.focus();
  };
  const error = fault ?? field.error;
  return (
    <Meant onMeant={add}>
      <SettingFrame name={name} field={{ ...field, error }} explanation={settingTexts[name].explanation}>
        {patterns.length > 0 && (
          <ul className={styles.patterns} aria-label="Scope patterns">
            {patterns.map((pattern) => (
              <li key={pattern}>
                <code>{pattern}</code>
                <IconButton icon={X} size="small" name={`Remove ${pattern}`} onClick={() => remove(pattern)} />
              </li>
            ))}
          </ul>
        )}
        <div className={styles.line}>
          <TextInput
            ref={input}
            mono
            className={styles.grow}
            placeholder="read_.*"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setFault(undefined);
            }}
          />
          <Button type="submit" icon={Plus}>
            Add
          </Button>
        </div>
      </SettingFrame>
    </Meant>
  );
};
