import type { Token } from '../../../../preload/contract/tokens.ts';

/** Scopes that every token of a kind has. */
const usual: readonly string[] = ['am_application_scope', 'default'];

/** A token's scopes as a request names them: without its device scope and the usual ones. */
export const extraScopes = ({ scope, device }: Pick<Token, 'scope' | 'device'>): readonly string[] =>
  scope.split(' ').filter((name) => name !== '' && name !== `device_${device}` && !usual.includes(name));
