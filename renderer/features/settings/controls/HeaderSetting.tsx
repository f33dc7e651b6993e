import { settingTexts } from '../../../../preload/contract/settings/settingTexts.ts';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import styles from '../settings.module.css';
import { CommitForm } from './CommitForm.tsx';
import { SettingFrame } from './SettingFrame.tsx';
import { useSetting } from './useSetting.ts';

const name = 'authorizationHeader';

/** The name of the header that brings the token. */
export const HeaderSetting = () => {
  const field = useSetting(name);
  return (
    <CommitForm onCommit={() => field.save()}>
      <SettingFrame name={name} field={field} explanation={settingTexts[name].explanation}>
        <TextInput
          mono
          className={styles.header ?? ''}
          value={field.value ?? ''}
          onChange={(event) => field.change(event.target.value.trim())}
        />
      </SettingFrame>
    </CommitForm>
  );
};
