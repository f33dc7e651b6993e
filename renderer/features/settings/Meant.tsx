import type { ReactNode } from 'react';

interface MeantProps {
  /** What was typed inside is meant: Enter, or the focus leaves. */
  readonly onMeant: () => void;
  readonly children: ReactNode;
}

/** Around a control in which people type: tells when they are done. */
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
