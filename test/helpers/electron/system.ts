import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type {
  Clipboard,
  ClipboardBookmark,
  Dialog,
  MessageBoxOptions,
  NativeImage,
  NativeTheme,
  PowerMonitor,
  ClipboardItem as RealItem,
  Screen,
  Shell,
} from 'electron';
import { focusedWindows } from './focus.ts';
import { refuseElsewhere } from './platforms.ts';
import { askSpec } from './spec.ts';

type Payload = string | ClipboardBookmark | Blob | Promise<Blob | string>;

/** The content of a clipboard write, by format. */
export class ClipboardItem implements Pick<RealItem, 'types'> {
  readonly items: Readonly<Record<string, Payload>>;

  constructor(items: Record<string, Payload>) {
    this.items = items;
  }

  get types(): string[] {
    return Object.keys(this.items);
  }
}

let held: ClipboardItem | undefined;

/** Drops copies without the focus, as a Wayland compositor does, and reports no error. */
function checkFocus(): void {
  if (process.env.XDG_SESSION_TYPE !== 'wayland' || focusedWindows.size > 0) return;
  throw new Error('on Wayland nothing is copied by a program without the focus');
}

/** A separate clipboard, so that tests never touch the user's. `formats` holds the written formats. */
export const clipboard = {
  async write(items: readonly { readonly types: string[] }[]): Promise<void> {
    const [item] = items;
    if (items.length !== 1 || !(item instanceof ClipboardItem)) throw new TypeError('one ClipboardItem is expected');
    checkFocus();
    held = item;
  },
  async readText(): Promise<string> {
    return String((await held?.items['text/plain']) ?? '');
  },
  async writeText(text: string): Promise<void> {
    held = new ClipboardItem({ 'text/plain': text });
  },
  clear(): void {
    held = undefined;
  },
  formats: (): readonly string[] => held?.types ?? [],
} satisfies Pick<Clipboard, 'clear' | 'readText' | 'write' | 'writeText'> & { formats(): readonly string[] };

export const powerMonitor = Object.assign(new EventEmitter(), {
  isOnBatteryPower: () => false,
}) satisfies Pick<PowerMonitor, 'isOnBatteryPower'>;
refuseElsewhere(powerMonitor, 'PowerMonitor');

/** Every address for the system's browser, in order. */
export const opened: string[] = [];
export const shell = {
  async openExternal(address: string): Promise<void> {
    opened.push(address);
  },
} satisfies Pick<Shell, 'openExternal'>;

/** The spec answers the questions of dialogs. */
export const dialog = {
  async showMessageBox(asked: unknown) {
    const { message, detail = '', buttons = [] } = asked as MessageBoxOptions;
    const chosen = await askSpec({ message, detail, buttons });
    return { response: buttons.indexOf(chosen), checkboxChecked: false };
  },
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}: ${content}\n`);
  },
} satisfies Pick<Dialog, 'showErrorBox' | 'showMessageBox'>;

const display = { x: 0, y: 0, width: 1280, height: 800 };
export const screen = {
  getAllDisplays: () => [{ workArea: display }],
} satisfies { getAllDisplays(): readonly Pick<ReturnType<Screen['getAllDisplays']>[number], 'workArea'>[] };

export const nativeTheme = { shouldUseDarkColors: false } satisfies Pick<NativeTheme, 'shouldUseDarkColors'>;

export const nativeImage = {
  createFromPath: (path: string) => ({ isEmpty: () => !existsSync(path) }),
} satisfies { createFromPath(path: string): Pick<NativeImage, 'isEmpty'> };
