import { useTokenNowMs } from '../../../store/hooks/window/useTokenTime.ts';
import { DurationInput } from '../../../ui/fields/DurationInput.tsx';
import { CommitForm } from './CommitForm.tsx';
import { SettingFrame } from './SettingFrame.tsx';
import { useSetting } from './useSetting.ts';

interface DurationSettingProps {
  readonly name: 'applicationTokenValiditySeconds' | 'userTokenValiditySeconds' | 'refreshTokenValiditySeconds';
  readonly presets: readonly number[];
}

/** A lifetime, with the expiry date of a token issued now. */
export const DurationSetting = ({ name, presets }: DurationSettingProps) => {
  const field = useSetting(name);
  const nowMs = useTokenNowMs();
  return (
    <CommitForm onCommit={() => field.save()}>
      <SettingFrame name={name} field={field}>
        <DurationInput
          value={field.value}
          onChange={field.change}
          onPreset={field.save}
          presets={presets}
          nowMs={nowMs}
        />
      </SettingFrame>
    </CommitForm>
  );
};
