import { z } from 'zod';
import { control } from './define.ts';

/** Abilities of the program that shows a page. A page checks an ability, never the kind of program. */
export const abilities = z.strictObject({
  /** The system has a native menu for the page's actions. */
  nativeMenu: z.boolean(),
  /** The program can keep running in the tray while its window is closed. */
  tray: z.boolean(),
  /** The program can hide its window from recordings and shared screens. */
  contentProtection: z.boolean(),
  /** The program notices a locked screen. Otherwise `vault.autoLock` says whether the machine reports it. */
  screenLock: z.boolean(),
});
export type Abilities = z.output<typeof abilities>;

const menuAction = z.strictObject({
  id: z.string().max(200),
  label: z.string().max(200),
  /** The shortcut, like `Mod+Shift+G`. */
  keys: z.string().max(40).optional(),
});

const menuGroup = z.strictObject({ heading: z.string().max(100), actions: z.array(menuAction).max(100) });
export type MenuGroup = z.output<typeof menuGroup>;

const nothing = z.strictObject({});

/**
 * Methods of the program that shows a page. They follow the rules of the contract but are not part of it, because the command
 * line and other windows cannot use them.
 */
export const windowTopic = {
  abilities: control('Show what this program can do in addition to the contract', nothing, abilities, {
    whileLocked: true,
  }),
  copy: control(
    'Copy a text; a secret is kept out of clipboard histories and cleared later',
    z.strictObject({ text: z.string().max(1 << 20), secret: z.boolean() }),
    /** The time when a secret is cleared, in real time. */
    z.strictObject({ clearAtMs: z.int().optional() }),
    { whileLocked: true },
  ),
  clearCopied: control('Clear the clipboard, if it still holds the secret', nothing, nothing, { whileLocked: true }),
  showMenu: control(
    'Show these actions in the native menu, in place of the earlier ones',
    z.strictObject({ groups: z.array(menuGroup).max(20) }),
    nothing,
    { whileLocked: true },
  ),
};
