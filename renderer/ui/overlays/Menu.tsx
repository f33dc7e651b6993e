import type { LucideIcon } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { Fragment, type ReactElement } from 'react';
import { Kbd } from '../buttons/Kbd.tsx';
import popup from './popup.module.css';

export interface MenuItem {
  readonly label: string;
  readonly icon?: LucideIcon;
  /** Like "Mod+Shift+C". Display only: the shortcut is bound elsewhere. */
  readonly shortcut?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

interface MenuProps {
  /** A button. */
  readonly trigger: ReactElement;
  /** Groups, separated by lines. Empty ones are dropped. */
  readonly groups: readonly (readonly MenuItem[])[];
  readonly align?: 'start' | 'end';
  /** Opens at once, for a menu that is created on first use. A key focuses its first item, a pointer does not. */
  readonly openedBy?: 'key' | 'pointer';
}

/** Radix does this itself when it saw the opening key. A key pressed since may have moved the focus to another item. */
function focusFirstItem(list: HTMLElement | null): void {
  requestAnimationFrame(() => {
    if (list?.contains(document.activeElement)) return;
    list?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  });
}

/** Actions behind a button. */
export const Menu = ({ trigger, groups, align = 'end', openedBy }: MenuProps) => (
  <Radix.Root modal={false} defaultOpen={openedBy !== undefined}>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      {/* A landmark while it is open: content at the end of the page is in no landmark. */}
      <section aria-label="Menu">
        <Radix.Content className={popup.panel} align={align} sideOffset={4} collisionPadding={8}>
          <div ref={openedBy === 'key' ? focusFirstItem : undefined} className={popup.list}>
            {groups
              .filter((group) => group.length > 0)
              .map((group, index) => (
                <Fragment key={group[0]?.label}>
                  {index > 0 && <Radix.Separator className={popup.separator} />}
                  {group.map(({ icon: Icon, ...item }) => (
                    <Radix.Item
                      key={item.label}
                      className={popup.item}
                      disabled={item.disabled === true}
                      data-danger={item.danger === true ? '' : undefined}
                      onSelect={item.onSelect}
                    >
                      {Icon !== undefined && <Icon aria-hidden size={15} />}
                      <span className={popup.words}>{item.label}</span>
                      {item.shortcut !== undefined && <Kbd keys={item.shortcut} />}
                    </Radix.Item>
                  ))}
                </Fragment>
              ))}
          </div>
        </Radix.Content>
      </section>
    </Radix.Portal>
  </Radix.Root>
);
