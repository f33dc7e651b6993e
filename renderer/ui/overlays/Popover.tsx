import { Popover as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classes } from '../classes.ts';
import styles from './Popover.module.css';
import popup from './popup.module.css';

interface PopoverProps {
  /** A button. */
  readonly trigger: ReactElement;
  /** Name of the content, for screen readers. */
  readonly label: string;
  readonly children: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

/** A small popup at its button, like a filter or a QR code. */
export const Popover = ({ trigger, label, children, align = 'start', side = 'bottom', ...state }: PopoverProps) => (
  <Radix.Root {...state}>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        aria-label={label}
        className={classes(popup.panel, styles.root)}
        align={align}
        side={side}
        sideOffset={5}
        collisionPadding={8}
      >
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
