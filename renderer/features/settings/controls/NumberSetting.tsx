import { settingTexts } from '../../../../preload/contract/settings/settingTexts.ts';
import { NumberInput } from '../../../ui/fields/NumberInput.tsx';
import styles from '../settings.module.css';
import { CommitForm } from './CommitForm.tsx';
import { SettingFrame } from './SettingFrame.tsx';
import { useSetting } from './useSetting.ts';

type NumberName =
  | 'skewSeconds'
  | 'idTokenValiditySeconds'
  | 'lockAfterIdleMinutes'
  | 'retiredTokensKeptDays'
  | 'validationCacheSeconds'
  | 'validationCacheEntries'
  | 'backendTimeoutSeconds'
  | 'backendSuspensionSeconds';

interface NumberSettingProps {
  readonly name: NumberName;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Replaces the title where a heading already has it, and the explanation too. */
  readonly label?: string;
}

/** A number setting with its unit. */
export const NumberSetting = ({ name, unit, label, ...range }: NumberSettingProps) => {
  const field = useSetting(name);
  const { explanation } = settingTexts[name];
  return (
    <CommitForm onCommit={() => field.save()}>
      <SettingFrame {...{ name, field }} {...(label === undefined ? { explanation } : { label })}>
        <NumberInput
          {...range}
          unit={unit}
          className={styles.number}
          value={field.value ?? undefined}
          onChange={field.change}
        />
      </SettingFrame>
    </CommitForm>
  );
};
