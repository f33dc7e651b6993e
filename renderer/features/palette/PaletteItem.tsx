import { Command } from 'cmdk';
import { Kbd } from '../../ui/Kbd.tsx';
import type { PaletteEntry } from './entry.ts';
import styles from './Palette.module.css';

interface PaletteItemProps {
  readonly entry: PaletteEntry;
  readonly onChoose: (run: () => void) => void;
}

/** One line of the palette. */
export const PaletteItem = ({ entry, onChoose }: PaletteItemProps) => {
  const { icon: Icon, label, detail, keys } = entry;
  return (
    <Command.Item className={styles.item} value={entry.id} onSelect={() => onChoose(entry.run)}>
      <Icon aria-hidden size={15} />
      <span className={styles.label}>{label}</span>
      {detail !== undefined && <span className={styles.detail}>{detail}</span>}
      {keys !== undefined && <Kbd keys={keys} />}
    </Command.Item>
  );
};
