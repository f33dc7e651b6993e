import { useTokenNowMs } from '../../store/hooks/useTokenTime.ts';
import { DurationInput } from '../../ui/DurationInput.tsx';
import { Meant } from './Meant.tsx';
import { SettingFrame } from './SettingFrame.tsx';
import { useSetting } from './useSetting.ts';

interface DurationSettingProps {
  readonly name: 'applicationTokenValiditySeconds' | 'userTokenValiditySeconds' | 'refreshTokenValiditySeconds';
  readonly presets: readonly number[];
}

/** A lifetime, with the date that a token of now would end. */
export const DurationSetting = ({ name, presets }: DurationSettingProps) => {
  const field = useSetting(name);
  const nowMs = useTokenNowMs();
  return (
    <Meant onMeant={() => field.save()}>
      <SettingFrame name={name} field={field}>
        <DurationInput
          value={field.value}
          onChange={field.change}
          onPreset={field.save}
          presets={presets}
          nowMs={nowMs}
        />
      </SettingFrame>
    </Meant>
  );
};
