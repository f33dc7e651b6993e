import { type ChoiceSettingName, settingTexts } from '../../../../preload/contract/settings/settingTexts.ts';
import { RadioCards } from '../../../ui/choices/RadioCards.tsx';
import { SettingFrame } from './SettingFrame.tsx';
import { useSetting } from './useSetting.ts';

interface ChoiceSettingProps {
  readonly name: ChoiceSettingName;
  /** Called before a value is saved. It continues with `save`. */
  readonly onChosen?: (value: string, save: () => void) => void;
}

/** A setting with a few values, each explained. The first is the default. */
export const ChoiceSetting = ({ name, onChosen = (_, save) => save() }: ChoiceSettingProps) => {
  const field = useSetting(name);
  const { title, explanation, choices = [] } = settingTexts[name];
  return (
    <SettingFrame name={name} field={field} explanation={explanation}>
      <RadioCards
        aria-label={title}
        columns={choices.length === 3 ? 3 : 2}
        value={String(field.value)}
        onChange={(chosen) => {
          const value = choices.find((choice) => String(choice.value) === chosen)?.value;
          // The texts list the setting's own values only.
          if (value !== undefined) onChosen(chosen, () => field.save(value as NonNullable<typeof field.value>));
        }}
        choices={choices.map(({ value, label, meaning }) => ({ value: String(value), label, description: meaning }))}
      />
    </SettingFrame>
  );
};
