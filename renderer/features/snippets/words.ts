import type { RunnableCall, SnippetClient, SnippetTarget } from '../../../preload/contract/snippets.ts';

interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
}

export const calls: readonly Choice<RunnableCall>[] = [
  { value: 'token', label: 'Token' },
  { value: 'refresh', label: 'Refresh' },
  { value: 'revoke', label: 'Revoke' },
  { value: 'introspect', label: 'Introspect' },
  { value: 'api', label: 'Call an API' },
];

/** Where calls of provided keys go. */
export const targets: readonly Choice<SnippetTarget>[] = [
  { value: 'server', label: 'The server' },
  { value: 'machine', label: 'This machine' },
];

/** How the client trusts the endpoint, with the effect in a few words. */
export const trustsOf = (
  client: SnippetClient,
): readonly (Choice<'cacert' | 'insecure'> & { readonly meaning: string })[] => [
  { value: 'cacert', label: client === 'curl' ? '--cacert' : 'Verify', meaning: 'checks the certificate' },
  { value: 'insecure', label: client === 'curl' ? '-k' : 'Skip', meaning: 'trusts any server' },
];
