import { createContext, useCallback, useContext, useRef } from 'react';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import { settingTexts } from '../../../preload/contract/settings/settingTexts.ts';
import { useKeyfob } from '../../store/context.ts';
import { asKeyfobError } from '../../store/core/resource.ts';
import { failureToast } from '../../store/window/toasts.ts';
import { type SettingName, valueWords } from './words.ts';

/**
 * Saves one setting and offers an undo. Gives the error when saving failed. `before` is the value that undo restores.
 */
type Save = <K extends SettingName>(
  name: K,
  value: Settings[K],
  before: Settings[K],
) => Promise<KeyfobError | undefined>;

interface SettingsAccess {
  readonly saved: Settings;
  readonly save: Save;
}

/** Shared by the page's sections: the saved settings, and how to save one. */
export const SettingsContext = createContext<SettingsAccess | undefined>(undefined);

/** The page's {@link SettingsContext}. Throws outside of it. */
export function useSettings(): SettingsAccess {
  const access = useContext(SettingsContext);
  if (access === undefined) throw new Error('this component is outside of SettingsContext');
  return access;
}

/** Settings with an effect that no other value reverts. */
const isForGood = (name: SettingName, value: Settings[SettingName]): boolean =>
  name === 'tokenPersistence' && value === 'hashed';

/** Gives the `save` of a {@link SettingsContext}. */
export function useSave(): Save {
  const { host, store } = useKeyfob();
  /** The undo of each setting. A later one replaces the earlier, which would undo both. */
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
