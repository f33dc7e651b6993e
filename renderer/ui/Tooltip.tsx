import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { Tips } from './Tips.tsx';
import styles from './Tooltip.module.css';

/** Goes once around the window: after one tooltip has shown, its neighbours show at once. */
export const TooltipProvider = ({ children }: { readonly children: ReactNode }) => (
  <Radix.Provider delayDuration={450} skipDelayDuration={300}>
    {children}
    <Tips />
  </Radix.Provider>
);

interface TooltipProps {
  readonly content: ReactNode;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that can have the focus. */
  readonly children: ReactElement;
}

/** A short hint at an element, by pointer and by focus. Never the only place of what a person must know. */
export const Tooltip = ({ content, side = 'top', children }: TooltipProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      {/* Hidden as an element of its own: what it says is the description of its trigger. */}
      <Radix.Content className={styles.root} side={side} sideOffset={5} collisionPadding={8} aria-hidden>
        {content}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
