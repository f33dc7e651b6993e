import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { settingsShape } from '../../../../preload/contract/settings/settings.ts';
import { settingTexts } from '../../../../preload/contract/settings/settingTexts.ts';
import { useDraft } from '../../../store/hooks/window/useDraft.ts';
import { useUnsavedNotice } from '../../../store/hooks/window/useUnsavedNotice.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import styles from '../settings.module.css';
import { CommitForm } from './CommitForm.tsx';
import { SettingFrame } from './SettingFrame.tsx';
import { useSetting } from './useSetting.ts';

const name = 'allowedScopePatterns';

const nothing = { typed: '' };

const faultOf = (patterns: readonly string[]): string | undefined =>
  settingsShape[name].safeParse(patterns).error?.issues[0]?.message;

/** Scope patterns, one per line: they may contain commas, which chips would split. Invalid text stays in its field. */
export const PatternsSetting = () => {
  const field = useSetting(name);
  const draft = useDraft('scope pattern', nothing);
  const { typed } = draft.values;
  const pattern = typed.trim();
  const patterns = field.value ?? [];
  const next = [...patterns.filter((other) => other !== pattern), pattern];
  const [fault, setFault] = useState(() => (pattern === '' ? undefined : faultOf(next)));
  const input = useRef<HTMLInputElement>(null);
  useUnsavedNotice(
    pattern === ''
      ? undefined
      : {
          title: `The scope pattern ${pattern} is not added.`,
          back: { screen: 'settings', section: 'rules' },
          alternative: 'Open these settings again',
        },
  );

  const add = () => {
    if (pattern === '') return;
    const found = faultOf(next);
    setFault(found);
    if (found !== undefined) return;
    draft.drop();
    field.save(next);
  };
  const remove = (pattern: string) => {
    field.save(patterns.filter((other) => other !== pattern));
    input.current?.focus();
  };
  const error = fault ?? field.error;
  return (
    <CommitForm onCommit={add}>
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
              draft.change({ typed: event.target.value });
              setFault(undefined);
            }}
          />
          <Button type="submit" icon={Plus}>
            Add
          </Button>
        </div>
      </SettingFrame>
    </CommitForm>
  );
};
