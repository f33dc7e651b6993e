import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { Tips } from './Tips.tsx';
import styles from './Tooltip.module.css';

/** Wraps the window once: after one tooltip has shown, its neighbours show at once. */
export const TooltipProvider = ({ children }: { readonly children: ReactNode }) => (
  <Radix.Provider delayDuration={450} skipDelayDuration={300}>
    {children}
    <Tips />
  </Radix.Provider>
);

interface TooltipProps {
  readonly content: ReactNode;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** One focusable element. */
  readonly children: ReactElement;
}

/** A short hint at an element, on hover and focus. Never the only place of required information. */
export const Tooltip = ({ content, side = 'top', children }: TooltipProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      {/* Hidden as its own element: its text is its trigger's description. */}
      <Radix.Content className={styles.root} side={side} sideOffset={5} collisionPadding={8} aria-hidden>
        {content}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
