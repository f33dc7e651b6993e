import { useEffect, useRef, useState } from 'react';
import { type Settings, settingsShape } from '../../../../preload/contract/settings/settings.ts';
import { settingTexts } from '../../../../preload/contract/settings/settingTexts.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { useSettings } from '../saving.ts';
import { type SettingName, valueWords } from '../words.ts';

/** A value that is being typed. */
interface Draft<T> {
  /** `undefined` while the text is invalid. */
  readonly value: T | undefined;
  /** The saved value when typing began. */
  readonly over: T;
}

/** The value saved here, until the settings are read again. */
interface Ahead<T> {
  readonly value: T;
  /** The settings as last read. Absent while saving. */
  readonly of?: Settings;
}

/** One setting on the page. */
export interface SettingField<T> {
  /** The value in its control. */
  readonly value: T | undefined;
  readonly error: string | undefined;
  /** A value saved elsewhere while a person types here. */
  readonly elsewhere: T | undefined;
  /** Called while a person types. Nothing is saved yet. */
  change(value: T | undefined): void;
  /** Saves the value, or the typed text. A value that can't be saved stays in its control, with the error. */
  save(value?: T): void;
  /** Discards the typed text. */
  revert(): void;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** State whose newest value handlers can read before the next render. */
function useNewest<T>() {
  const [state, setState] = useState<T>();
  const newest = useRef<T>(undefined);
  const put = (next: T | undefined) => {
    newest.current = next;
    setState(next);
  };
  return { state, newest, put };
}

/**
 * A setting that saves on change. It follows changes made elsewhere, except while a person types. Text is saved when
 * the page is left; if it can't be, a toast says so.
 */
export function useSetting<K extends SettingName>(name: K): SettingField<Settings[K]> {
  const { saved: settings, save } = useSettings();
  const toast = useToast();
  const draft = useNewest<Draft<Settings[K]>>();
  const ahead = useNewest<Ahead<Settings[K]>>();
  const [error, setError] = useState<string>();
  const read = useRef(settings);
  read.current = settings;

  const current = (): Settings[K] => {
    const mine = ahead.newest.current;
    return mine !== undefined && (mine.of ?? read.current) === read.current ? mine.value : read.current[name];
  };
  const faultOf = (value: Settings[K]) => settingsShape[name].safeParse(value).error?.issues[0]?.message;

  /** Gives the error when saving failed. */
  const store = async (value: Settings[K]): Promise<string | undefined> => {
    const before = current();
    const mine = { value };
    ahead.put(mine);
    draft.put(undefined);
    const failure = await save(name, value, before);
    const message = failure?.details.fields?.[0]?.message ?? failure?.message;
    if (ahead.newest.current !== mine) return message;
    ahead.put(message === undefined ? { value, of: read.current } : undefined);
    if (message !== undefined && draft.newest.current === undefined) {
      draft.put({ value, over: before });
      setError(message);
    }
    return message;
  };

  const leave = async () => {
    const left = draft.newest.current;
    const saved = current();
    if (left === undefined || same(left.value, saved)) return;
    const told = { tone: 'warn', title: `${settingTexts[name].title} stays ${valueWords(name, saved)}.` } as const;
    if (left.value === undefined || faultOf(left.value) !== undefined) {
      toast({ ...told, detail: 'The typed value could not be saved.' });
      return;
    }
    const failure = await store(left.value);
    if (failure !== undefined) toast({ ...told, detail: failure });
  };
  const leaving = useRef(leave);
  leaving.current = leave;
  useEffect(() => () => void leaving.current(), []);

  const typed = draft.state;
  const saved = current();
  const moved = typed !== undefined && !same(saved, typed.over) && !same(saved, typed.value);
  const change = (value: Settings[K] | undefined) => {
    setError(undefined);
    draft.put({ value, over: draft.newest.current?.over ?? current() });
  };
  return {
    value: typed === undefined ? saved : typed.value,
    error,
    elsewhere: moved ? saved : undefined,
    change,
    save(given) {
      if (given !== undefined) change(given);
      const typedNow = draft.newest.current;
      if (typedNow === undefined) return;
      const { value } = typedNow;
      const fault = value === undefined ? `Not saved: it is still ${valueWords(name, current())}.` : faultOf(value);
      setError(fault);
      if (value === undefined || fault !== undefined) return;
      if (same(value, current())) draft.put(undefined);
      else void store(value);
    },
    revert() {
      setError(undefined);
      draft.put(undefined);
    },
  };
}
