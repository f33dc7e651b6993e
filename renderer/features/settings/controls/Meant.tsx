import type { ReactNode } from 'react';

interface MeantProps {
  /** Called on Enter, and when the focus leaves. */
  readonly onMeant: () => void;
  readonly children: ReactNode;
}

/** Wraps text inputs and reports when a person has finished typing. */
export const Meant = ({ onMeant, children }: MeantProps) => (
  <form
    noValidate
    onSubmit={(event) => {
      event.preventDefault();
      onMeant();
    }}
    onBlur={(event) => {
      if (!event.currentTarget.contains(event.relatedTarget)) onMeant();
    }}
  >
    {children}
  </form>
);
