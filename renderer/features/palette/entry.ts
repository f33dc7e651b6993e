import type { LucideIcon } from 'lucide-react';

/** Something that the palette offers. */
export interface PaletteEntry {
  /** Unlike all others. */
  readonly id: string;
  readonly label: string;
  /** Shown beside the label. */
  readonly detail?: string;
  readonly icon: LucideIcon;
  /** Its shortcut, as written for people. */
  readonly keys?: string;
  /** Other words that find it. */
  readonly keywords?: readonly string[];
  /** The engine found it for what is typed, by more than the label says. */
  readonly found?: boolean;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly heading: string;
  readonly entries: readonly PaletteEntry[];
}
