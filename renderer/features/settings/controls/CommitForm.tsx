import type { ReactNode } from 'react';

interface CommitFormProps {
  /** Called on Enter, and when the focus leaves. */
  readonly onCommit: () => void;
  readonly children: ReactNode;
}

/** Wraps text inputs and reports when a person has finished typing. */
export const CommitForm = ({ onCommit, children }: CommitFormProps) => (
  <form
    noValidate
    onSubmit={(event) => {
      event.preventDefault();
      onCommit();
    }}
    onBlur={(event) => {
      if (!event.currentTarget.contains(event.relatedTarget)) onCommit();
    }}
  >
    {children}
  </form>
);
