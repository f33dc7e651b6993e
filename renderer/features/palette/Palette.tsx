import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import type { Screen } from '../../store/window/route.ts';
import { Kbd } from '../../ui/buttons/Kbd.tsx';
import { useOpener } from '../../ui/overlays/useOpener.ts';
import type { PaletteEntry } from './entry.ts';
import styles from './Palette.module.css';
import { rank, withRecent } from './rank.ts';
import { useActions } from './useActions.ts';
import { useCertificateActions } from './useCertificateActions.ts';
import { useFound } from './useFound.ts';
import { asksToCreate, useTyped } from './useTyped.ts';

interface PaletteItemProps {
  readonly entry: PaletteEntry;
  readonly onChoose: (entry: PaletteEntry) => void;
}

/** One line of the palette. */
const PaletteItem = ({ entry, onChoose }: PaletteItemProps) => {
  const { icon: Icon, label, detail, keys } = entry;
  return (
    <Command.Item className={styles.item} value={entry.id} onSelect={() => onChoose(entry)}>
      <Icon aria-hidden size={15} />
      <span className={styles.label}>{label}</span>
      {detail !== undefined && <span className={styles.detail}>{detail}</span>}
      {keys !== undefined && <Kbd keys={keys} />}
    </Command.Item>
  );
};

export interface PaletteProps {
  readonly titles: Readonly<Record<Screen, string>>;
  readonly onClose: () => void;
}

/**
 * Finds every command, screen, application, user and token by part of its name. Takes verbs ("expire ipad"), and creates what
 * it does not find.
 */
export const Palette = ({ titles, onClose }: PaletteProps) => {
  const [search, setSearch] = useState('');
  /** Enter was pressed while the search ran and the list was empty. */
  const [hasEntered, setHasEntered] = useState(false);
  const chosen = useRef<() => void>(undefined);
  const recent = useKeyfobState((state) => state.recent);
  const typed = useTyped(search.trim());
  const found = useFound(search.trim());
  const known = [...useActions(titles), useCertificateActions(), ...found.groups];
  const ranked =
    search.trim() === ''
      ? rank(withRecent(known, recent.ids), '')
      : rank(asksToCreate(search.trim()) ? [typed, ...known] : known, search);
  // Enter must not create what the search is about to find.
  const groups = ranked.length === 0 && !found.searching ? [typed] : ranked;
  /** The entry chosen by arrows or pointer. Without one, Enter takes the best match, even when it arrives late. */
  const [marked, setMarked] = useState<string>();
  const moves = useRef(false);
  const entries = groups.flatMap((group) => group.entries);
  const current = entries.find(({ id }) => id === marked) ?? entries[0];

  const choose = ({ id, run }: PaletteEntry) => {
    recent.chose(id);
    chosen.current = run;
    onClose();
  };
  useEffect(() => {
    if (!hasEntered || found.searching) return;
    setHasEntered(false);
    // Without a match nothing was shown that Enter could have meant: create nothing.
    if (current !== undefined && ranked.length > 0) choose(current);
  });
  const giveBack = useOpener(true);
  const close = (event: Event) => {
    giveBack(event);
    // Wait until the focus is back in its old place, so that the chosen entry may move it.
    setTimeout(() => chosen.current?.());
  };

  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.overlay} />
        <Dialog.Content className={styles.root} aria-describedby={undefined} onCloseAutoFocus={close}>
          <Dialog.Title className={styles.title}>Command palette</Dialog.Title>
          <Command
            label="Command palette"
            loop
            shouldFilter={false}
            value={current?.id ?? ''}
            onValueChange={(id) => moves.current && setMarked(id)}
            onKeyDown={(event) => {
              moves.current = /^(Arrow|Home|End|[npjk]$)/.test(event.key);
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              // cmdk uses a listener that an entry gets only after it is shown. A key before that would be lost.
              event.preventDefault();
              if (current !== undefined) choose(current);
              else setHasEntered(true);
            }}
            onPointerMove={() => {
              moves.current = true;
            }}
          >
            <div className={styles.field}>
              <Search aria-hidden size={16} />
              <Command.Input
                className={styles.input}
                placeholder="Search applications, tokens, users and commands…"
                value={search}
                onValueChange={(typed) => {
                  moves.current = false;
                  setMarked(undefined);
                  setHasEntered(false);
                  setSearch(typed);
                }}
              />
            </div>
            <Command.List className={styles.list} label="Results">
              <Command.Empty className={styles.empty}>
                {found.searching ? 'Searching…' : `No results for “${search.trim()}”`}
              </Command.Empty>
              {groups.map(({ heading, entries }) => (
                <Command.Group key={heading} heading={heading} className={styles.group}>
                  {entries.map((entry) => (
                    <PaletteItem key={entry.id} entry={entry} onChoose={choose} />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
