import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';

/** A pattern that plain words avoid, and the words to use in its place. */
export interface Banned {
  pattern: RegExp;
  instead: string;
}

export interface Violation {
  found: string;
  instead: string;
}

export interface Text {
  text: string;
  line: number;
}

/** The words that texts for people avoid. */
export const banned: readonly Banned[] = [
  { pattern: /\bthe ones? of\b/i, instead: 'name the thing' },
  { pattern: /\b(?:of|from) now\b/i, instead: 'current' },
  { pattern: /\banew\b/i, instead: 'again, new' },
  { pattern: /\b(?:that|what|which|who) (?:is|are) (?:not )?(?:there|here)\b/i, instead: 'exists, existing' },
  { pattern: /\b(?:those|what) there (?:is|are|was|were)\b/i, instead: 'existing' },
  { pattern: /\b(?:there (?:is|are)|that (?:is|are)) none\b/i, instead: 'no …, missing, invalid' },
  { pattern: /\b(?:is|are|was|were|be|been) given\b/i, instead: 'gets, granted' },
  { pattern: /\bask(?:s|ed|ing)? for\b/i, instead: 'requested, requests' },
  { pattern: /\bthat there (?:is|are)\b/i, instead: 'existing' },
  { pattern: /\ball the same\b/i, instead: 'still' },
  { pattern: /\bby (?:itself|themselves)\b/i, instead: 'automatically' },
  { pattern: /\bmeanwhile\b/i, instead: 'while …' },
  { pattern: /\b(?:take|takes|taken|taking|took) (?:\w+ )?over\b/i, instead: 'import, use' },
  { pattern: /\bnobody\b.*\byet\b/i, instead: 'no … yet, not … yet' },
  { pattern: /\b(?:go|goes|went|going) (?:along|on)\b/i, instead: 'included, continue' },
  { pattern: /\b(?:make|makes|making|made)\b(?! sure\b)/i, instead: 'create, created' },
  { pattern: /\bblanks?\b/i, instead: 'space' },
  { pattern: /\b(?:run|runs|ran|running) out\b/i, instead: 'expire' },
  {
    pattern: /\b(?:tokens?|keys?|certificates?|it|they|that|which) (?:end|ends|ended)\b(?! with\b| in\b)/i,
    instead: 'expire',
  },
  { pattern: /^ends?\b/i, instead: 'Expires' },
  { pattern: /\bbeside\b/i, instead: 'next to, in addition to' },
  { pattern: /\b(?:stand|stands|stood)\b/i, instead: 'is' },
  { pattern: /\bwhoever\b/i, instead: 'anyone who, the person' },
  { pattern: /(?<!place )\bof (?:its|their) own\b/i, instead: 'its own …' },
  { pattern: /\b(?:is|are) told\b/i, instead: 'gets, sees' },
  { pattern: /\bonce more\b/i, instead: 'again' },
  { pattern: /\bat its (?:own )?doing\b/i, instead: 'name the cause' },
  { pattern: /\bso (?:many|much) (?:days|seconds|minutes|hours|times)\b/i, instead: 'the number' },
  { pattern: /\bis called that\b/i, instead: 'No results' },
  { pattern: /\b(?:does|do) not matter\b/i, instead: 'is ignored' },
  { pattern: /\bno longer (?:there|here)\b/i, instead: 'deleted' },
  { pattern: /\bfurther\b/i, instead: 'extra, more' },
  { pattern: /\bmuch the same\b/i, instead: 'similar' },
];

/**
 * Takes a text; gives each banned pattern found in it. `[]` for plain words.
 */
export function violations(text: string): Violation[] {
  return banned.flatMap(({ pattern, instead }) => {
    const found = pattern.exec(text)?.[0];
    return found === undefined ? [] : [{ found, instead }];
  });
}

/**
 * Takes the path of a TypeScript file; gives its texts: string literals, templates (`…` for each value) and JSX text.
 * Leaves out import paths, class names and single words in lower case, which are code. Throws for invalid TypeScript.
 */
export function textsOf(path: string): Text[] {
  const code = readFileSync(path, 'utf8');
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const texts: Text[] = [];
  const add = (text: string, start: number) => {
    const plain = text.replace(/\s+/g, ' ').trim();
    if (/[A-Za-z]/.test(plain) && /[A-Z ]/.test(plain)) {
      texts.push({ text: plain, line: code.slice(0, start).split('\n').length });
    }
  };
  visit(program, add);
  return texts;
}

interface Node {
  type: string;
  start: number;
  [member: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function visit(node: unknown, add: (text: string, start: number) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, add);
    return;
  }
  if (!isNode(node)) return;
  if (node.type === 'ImportDeclaration' || node.type === 'TSLiteralType') return;
  if (node.type === 'Literal' && typeof node.value === 'string') add(node.value, node.start);
  if (node.type === 'JSXText') add(String(node.value), node.start);
  if (node.type === 'TemplateLiteral') add(cooked(node.quasis).join('…'), node.start);
  for (const member of Object.values(node)) visit(member, add);
}

function cooked(quasis: unknown): string[] {
  if (!Array.isArray(quasis)) return [];
  return quasis.map((quasi) => (isNode(quasi) ? String((quasi.value as { cooked?: string }).cooked ?? '') : ''));
}
