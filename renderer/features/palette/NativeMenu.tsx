import { useEffect, useRef } from 'react';
import type { MenuGroup } from '../../../preload/contract/window.ts';
import { useKeyfob } from '../../store/context.ts';
import type { Screen } from '../../store/window/route.ts';
import { useActions } from './useActions.ts';

/** A program that quits answers no call. The connection slice shows when the host does not answer. */
const ignore = () => undefined;

/** Keeps the native menu in step with the palette while the vault is open. */
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
  /** Call the host only when the menu changes. */
  const text = JSON.stringify(shown);
  useEffect(() => {
    const run = (id: string) =>
      newest.current
        .flatMap(({ entries }) => entries)
        .find((entry) => entry.id === id)
        ?.run();
    host.showMenu(JSON.parse(text), run).catch(ignore);
  }, [host, text]);
  useEffect(() => () => void host.showMenu([], () => undefined).catch(ignore), [host]);
  return null;
};
