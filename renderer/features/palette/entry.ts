import type { LucideIcon } from 'lucide-react';

/** An entry of the palette. */
export interface PaletteEntry {
  /** Unique. */
  readonly id: string;
  readonly label: string;
  /** Shown next to the label. */
  readonly detail?: string;
  readonly icon: LucideIcon;
  /** Its shortcut, in display form. */
  readonly keys?: string;
  /** Other words that find it. */
  readonly keywords?: readonly string[];
  /** The engine found it by something other than its label. */
  readonly found?: boolean;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly heading: string;
  readonly entries: readonly PaletteEntry[];
}
