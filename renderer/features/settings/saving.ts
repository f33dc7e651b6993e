import { createContext, useCallback, useContext, useRef } from 'react';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import { settingTexts } from '../../../preload/contract/settingTexts.ts';
import { useKeyfob } from '../../store/context.ts';
import { asKeyfobError } from '../../store/core/resource.ts';
import { failureToast } from '../../store/window/toasts.ts';
import { type SettingName, valueWords } from './words.ts';

/** Saves one setting and offers to undo it; gives why it was not saved. `before` is what undo brings back. */
type Save = <K extends SettingName>(
  name: K,
  value: Settings[K],
  before: Settings[K],
) => Promise<KeyfobError | undefined>;

interface SettingsAccess {
  readonly saved: Settings;
  readonly save: Save;
}

/** What the sections of the page share: the settings as they are saved, and how to save one. */
export const SettingsContext = createContext<SettingsAccess | undefined>(undefined);

/** See {@link SettingsContext}. Throws outside of it. */
export function useSettings(): SettingsAccess {
  const access = useContext(SettingsContext);
  if (access === undefined) throw new Error('this component stands outside of SettingsContext');
  return access;
}

/** What a value brings about that no other value takes back. */
const isForGood = (name: SettingName, value: Settings[SettingName]): boolean =>
  name === 'tokenPersistence' && value === 'hashed';

/** Makes the `save` of a {@link SettingsContext}. */
export function useSave(): Save {
  const { host, store } = useKeyfob();
  /** The undo of each setting: a later one takes the place of the one before, which would undo both. */
  const undos = useRef(new Map<SettingName, number>());
  return useCallback(
    async (name, value, before) => {
      const { toasts } = store.getState();
      const { title } = settingTexts[name];
      try {
        await host.call('settings.write', { [name]: value });
      } catch (error) {
        return asKeyfobError(error);
      }
      const undo = async () => {
        try {
          await host.call('settings.write', { [name]: before });
        } catch (error) {
          toasts.show(failureToast(`${title}: not undone.`, asKeyfobError(error)));
        }
      };
      const earlier = undos.current.get(name);
      if (earlier !== undefined) toasts.dismiss(earlier);
      const told = { tone: 'good', title: `${title}: ${valueWords(name, value)}` } as const;
      if (isForGood(name, value)) {
        toasts.show(told);
        return undefined;
      }
      const id = toasts.show({
        ...told,
        action: { label: 'Undo', alternative: `Choose ${valueWords(name, before)} again`, run: () => void undo() },
      });
      undos.current.set(name, id);
      return undefined;
    },
    [host, store],
  );
}
