import type { Shell } from '../../../preload/contract/snippets.ts';

/** The shells of snippets, with their labels. */
export const shells: readonly { readonly value: Shell; readonly label: string }[] = [
  { value: 'bash', label: 'bash, zsh' },
  { value: 'powershell', label: 'PowerShell 7' },
  { value: 'powershell-5.1', label: 'PowerShell 5.1' },
  { value: 'cmd', label: 'cmd (prompt)' },
  { value: 'batch', label: 'cmd (.bat file)' },
];
