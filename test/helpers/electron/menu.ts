import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions, Menu as RealMenu, Tray as RealTray } from 'electron';

/** An item of a menu template; `click` without Electron's arguments. */
class StandInItem {
  readonly id: string | undefined;
  readonly label: string;
  readonly role: string | undefined;
  readonly enabled: boolean;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  readonly #click: (() => void) | undefined;

  constructor({ id, label, role, enabled, accelerator, submenu, click }: MenuItemConstructorOptions) {
    this.id = id;
    this.label = label ?? role ?? '';
    this.role = role;
    this.enabled = enabled ?? true;
    this.accelerator = accelerator;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : undefined;
    this.#click = click as (() => void) | undefined;
  }

  click(): void {
    if (this.enabled) this.#click?.();
  }
}

let applicationMenu: Menu | null = null;

export class Menu {
  readonly items: readonly StandInItem[];

  constructor(items: readonly StandInItem[]) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): Menu {
    return new Menu(template.map((item) => new StandInItem(item)));
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  getMenuItemById(id: string): StandInItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

type TrayPart = Pick<RealTray, 'destroy' | 'isDestroyed' | 'setToolTip'>;

export class Tray extends EventEmitter implements TrayPart {
  /** All existing ones, which Electron cannot list. */
  static readonly shown = new Set<Tray>();
  toolTip = '';
  menu: Menu | undefined;

  constructor(_image: unknown) {
    super();
    Tray.shown.add(this);
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
  }

  setContextMenu(menu: Menu): void {
    this.menu = menu;
  }

  destroy(): void {
    Tray.shown.delete(this);
  }

  isDestroyed(): boolean {
    return !Tray.shown.has(this);
  }
}

/** The replaced parts of Electron, so that a change of its types is an error here. */
type StaticPart = { [K in 'getApplicationMenu']: () => Menu | null } & Record<
  keyof Pick<typeof RealMenu, 'buildFromTemplate' | 'setApplicationMenu'>,
  unknown
>;
Menu satisfies StaticPart;
