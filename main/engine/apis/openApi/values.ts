/** A member of a document is of any type: its author decides. These functions read it without trusting it. */

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One member, never an inherited one such as `constructor`. */
export const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

export const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isObject(value) ? Object.entries(value) : [];

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text or number as trimmed text; undefined for anything else and for an empty text. */
export const textOf = (value: unknown): string | undefined => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text !== 'string' || text.trim() === '' ? undefined : text.trim();
};

/** YAML scalars arrive as text. */
export const isTrue = (value: unknown): boolean => value === true || value === 'true';
export const isFalse = (value: unknown): boolean => value === false || value === 'false';

/** Collects notes for people: each once, and a bounded number. */
export interface Notes {
  add(note: string): void;
  all(): string[];
}

const mostNotes = 50;

export const createNotes = (): Notes => {
  const notes = new Set<string>();
  let left = 0;
  return {
    add(note) {
      if (notes.size < mostNotes || notes.has(note)) notes.add(note);
      else left += 1;
    },
    all: () => [...notes, ...(left > 0 ? [`There are ${left} more notes like these.`] : [])],
  };
};

const mostSteps = 20;

/** Follows local references like `#/components/pathItems/a`. Undefined if it leads nowhere, round in a circle or outside. */
export const resolved = (document: unknown, value: unknown): unknown => {
  let at = value;
  for (let step = 0; step < mostSteps; step += 1) {
    const ref = textOf(memberOf(at, '$ref'));
    if (ref === undefined) return at;
    if (!ref.startsWith('#/')) return undefined;
    const names = ref.slice(2).split('/');
    // https://www.rfc-editor.org/rfc/rfc6901#section-4
    at = names.reduce<unknown>((from, name) => memberOf(from, name.replace(/~1/g, '/').replace(/~0/g, '~')), document);
  }
  return undefined;
};
