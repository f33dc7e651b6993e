/** What a header with a token holds. */
export interface SentCredentials {
  readonly token: string;
  /** The parts next to the token, for the backend; undefined without any. */
  readonly rest: string | undefined;
}

export interface CredentialRules {
  /** Whether `bearer` counts as `Bearer`. */
  readonly anyCase: boolean;
  /** 4.x takes the last token of a header; earlier versions the first. */
  readonly takesLast: boolean;
  /** Since 3.1 the other parts of the header reach the backend. */
  readonly keepsRest: boolean;
}

const bearer = 'Bearer';

/** `Bearer` and one token, as nearly all clients write it: nothing to split. */
const plainToken = (value: string): string | undefined => {
  if (!value.startsWith('Bearer ')) return undefined;
  for (let at = 7; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code <= 32 || code === 34 || code === 39 || code === 44) return undefined;
  }
  return value.length > 7 ? value.slice(7) : undefined;
};

const withoutQuotes = (word: string): string => word.replace(/^["']+|["']+$/g, '');

const words = (part: string): readonly string[] => part.split(/[ \t]+/).filter((word) => word !== '');

/** The token in one part of a header: the word after `Bearer`. */
const tokenOf = (part: string, { anyCase, takesLast }: CredentialRules): string | undefined => {
  const all = words(part);
  const at = all.findIndex((word) => word === bearer || (anyCase && word.toLowerCase() === 'bearer'));
  if (at < 0) return undefined;
  const tokens = all.slice(at + 1).map(withoutQuotes);
  return (takesLast ? tokens.at(-1) : tokens[0]) || undefined;
};

/**
 * Reads the token from the header that brings it (gateway reference 6). Undefined without a token: no header, no
 * `Bearer`, or nothing behind it.
 */
export const readCredentials = (value: string | undefined, rules: CredentialRules): SentCredentials | undefined => {
  if (value === undefined) return undefined;
  const plain = plainToken(value);
  if (plain !== undefined) return { token: plain, rest: undefined };
  const parts = value.split(',');
  const tokens = parts.map((part) => tokenOf(part, rules));
  const isToken = (token: string | undefined) => token !== undefined;
  const index = rules.takesLast ? tokens.findLastIndex(isToken) : tokens.findIndex(isToken);
  const token = tokens[index];
  if (token === undefined) return undefined;
  const others = parts.filter((part, at) => tokens[at] === undefined && part.trim() !== '');
  const rest = others.map((part) => part.trim()).join(', ');
  return { token, rest: rules.keepsRest && rest !== '' ? rest : undefined };
};

/** Why a header brings no token, in words for people. `name` is the header's name. */
export const whyNoToken = (name: string, value: string | undefined): string => {
  if (value === undefined) return `The request has no header ${name}.`;
  if (value.trim() === '') return `The header ${name} is empty.`;
  const [scheme = ''] = words(value.split(',')[0] ?? '');
  if (scheme === bearer) return `The header ${name} says Bearer, but no token follows.`;
  if (scheme.toLowerCase() === 'bearer') {
    return `The header ${name} must begin with Bearer, with a capital B. The setting bearerCase allows any case.`;
  }
  if (scheme.length >= 20) return `The header ${name} must begin with the word Bearer, before the token.`;
  return `The header ${name} has the scheme ${scheme}, but the gateway needs Bearer.`;
};
