import type { ExportedCall, ExportedCalls } from '../../engine/ports/export.ts';

/** The calls by their folder, in order. */
export const groupsOf = (calls: readonly ExportedCall[]): ReadonlyMap<string, readonly ExportedCall[]> =>
  Map.groupBy(calls, ({ group }) => group);

/** The URL of a call. `reference` writes a variable in the format's way. */
export const urlOf = ({ url, path }: ExportedCall, reference: (name: string) => string): string =>
  reference(url) + path.map((piece) => (typeof piece === 'string' ? piece : reference(piece.variable))).join('');

/** The form fields of a call as texts. */
export const formOf = (
  { form }: ExportedCall,
  reference: (name: string) => string,
): readonly { readonly name: string; readonly value: string }[] =>
  form.map((field) => ({ name: field.name, value: 'variable' in field ? reference(field.variable) : field.value }));

/** The variables that the reply of a token call sets. */
export const tokensOf = ({ grant }: ExportedCall): readonly (readonly [variable: string, member: string])[] => {
  if (grant === undefined) return [];
  const access = ['accessToken', 'access_token'] as const;
  return grant === 'client_credentials' ? [access] : [access, ['refreshToken', 'refresh_token']];
};

/** Without the exchange of a code, for clients that sign in themselves. */
export const withoutExchange = ({ calls }: ExportedCalls): readonly ExportedCall[] =>
  calls.filter(({ grant }) => grant !== 'authorization_code');

export const isOfApi = ({ url }: ExportedCall): boolean => url === 'baseUrl';
