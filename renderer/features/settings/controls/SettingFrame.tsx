import type { ReactNode } from 'react';
import type { Settings } from '../../../../preload/contract/settings/settings.ts';
import { settingTexts } from '../../../../preload/contract/settings/settingTexts.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { VisuallyHidden } from '../../../ui/layout/VisuallyHidden.tsx';
import styles from '../settings.module.css';
import { defaults, type SettingName, valueWords } from '../words.ts';
import type { SettingField } from './useSetting.ts';

interface SettingFrameProps<K extends SettingName> {
  readonly name: K;
  readonly field: SettingField<Settings[K]>;
  /** Replaces the title where a heading already has it. */
  readonly label?: string;
  /** An explanation. Absent: the title is enough. */
  readonly explanation?: ReactNode;
  readonly children: ReactNode;
}

/** A setting with its title, explanation, a reset to its default, and a notice about changes made elsewhere. */
export const SettingFrame = <K extends SettingName>({
  name,
  field,
  label,
  explanation,
  children,
}: SettingFrameProps<K>) => {
  const { title } = settingTexts[name];
  const usual = defaults[name];
  const isUsual = JSON.stringify(field.value) === JSON.stringify(usual);
  return (
    <Field
      label={label ?? title}
      error={field.error}
      aside={
        isUsual ? undefined : (
          <Button size="small" look="ghost" className={styles.usual} onClick={() => field.save(usual)}>
            Default: {valueWords(name, usual)}
            <VisuallyHidden>for {title}</VisuallyHidden>
          </Button>
        )
      }
      hint={
        field.elsewhere === undefined ? undefined : (
          <span className={styles.elsewhere} role="status">
            Changed to {valueWords(name, field.elsewhere)} elsewhere. Yours replaces it when you finish.
            <Button size="small" onClick={field.revert}>
              Use {valueWords(name, field.elsewhere)}
            </Button>
          </span>
        )
      }
    >
      {explanation !== undefined && <p className={styles.explanation}>{explanation}</p>}
      {children}
    </Field>
  );
};
