import { useEffect, useRef } from 'react';
import type { MenuGroup } from '../../../preload/contract/window.ts';
import { useKeyfob } from '../../store/context.ts';
import type { Screen } from '../../store/window/route.ts';
import { useActions } from './useActions.ts';

/** Keeps the native menu at what the palette offers, for as long as the vault is open. */
export const NativeMenu = ({ titles }: { readonly titles: Readonly<Record<Screen, string>> }) => {
  const { host } = useKeyfob();
  const groups = useActions(titles).filter(({ entries }) => entries.length > 0);
  const newest = useRef(groups);
  useEffect(() => {
    newest.current = groups;
  });
  const shown = groups.map(
    ({ heading, entries }): MenuGroup => ({
      heading,
      actions: entries.map(({ id, label, keys }) => ({ id, label, ...(keys !== undefined && { keys }) })),
    }),
  );
  /** Told only when it is another one. */
  const text = JSON.stringify(shown);
  useEffect(() => {
    const run = (id: string) =>
      newest.current
        .flatMap(({ entries }) => entries)
        .find((entry) => entry.id === id)
        ?.run();
    void host.showMenu(JSON.parse(text), run);
  }, [host, text]);
  useEffect(() => () => void host.showMenu([], () => undefined), [host]);
  return null;
};
