/** The modes of secrets in a command or an export. */
export const secretSegments = [
  { value: 'env', label: 'Variables' },
  { value: 'placeholder', label: 'Placeholders' },
  { value: 'real', label: 'Real' },
] as const;
