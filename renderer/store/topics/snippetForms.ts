import type { Shell, SnippetClient, SnippetForm } from '../../../preload/contract/snippets.ts';

/** The shells of curl commands, with their labels. */
export const shells: readonly { readonly value: Shell; readonly label: string }[] = [
  { value: 'bash', label: 'bash, zsh' },
  { value: 'powershell', label: 'PowerShell 7' },
  { value: 'powershell-5.1', label: 'PowerShell 5.1' },
  { value: 'cmd', label: 'cmd (prompt)' },
  { value: 'batch', label: 'cmd (.bat file)' },
];

/** The other clients, with their labels. */
const programs: readonly { readonly value: Exclude<SnippetClient, 'curl'>; readonly label: string }[] = [
  { value: 'python-requests', label: 'Python (requests)' },
  { value: 'python-httpx', label: 'Python (httpx)' },
  { value: 'node', label: 'Node' },
  { value: 'java', label: 'Java' },
  { value: 'csharp', label: 'C#' },
  { value: 'go', label: 'Go' },
  { value: 'php', label: 'PHP' },
  { value: 'httpie', label: 'HTTPie (bash, zsh)' },
];

/** All forms of a snippet, in groups. */
export const snippetForms: readonly { readonly value: SnippetForm; readonly label: string; readonly group: string }[] =
  [
    ...shells.map((form) => ({ ...form, group: 'Shells (curl)' })),
    ...programs.map((form) => ({ ...form, group: 'Languages' })),
  ];

/** The client and shell of a form; the shell stays for other clients. */
export const choicesOf = (
  form: SnippetForm,
): { readonly client: 'curl'; readonly shell: Shell } | { readonly client: SnippetClient } => {
  const shell = shells.find(({ value }) => value === form)?.value;
  return shell === undefined ? { client: form as Exclude<SnippetForm, Shell> } : { client: 'curl', shell };
};

/** A client in buttons and toasts: "curl", "Python". */
export const clientName = (client: SnippetClient): string =>
  programs.find(({ value }) => value === client)?.label.replace(/ \(.*/, '') ?? 'curl';

/** The text of a client: "curl command", "Python program". */
export const snippetName = (client: SnippetClient): string =>
  `${clientName(client)} ${client === 'curl' || client === 'httpie' ? 'command' : 'program'}`;
