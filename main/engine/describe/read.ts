import { type DescribeFile, describeFile, describeSchema } from '../../../preload/contract/describeFile.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { didYouMean } from '../../../preload/contract/similar.ts';
import { badInput } from '../errors.ts';
import { type ParsedDocument, type Place, pathKey } from '../ports/document.ts';
import { type JsonSchema, knownNames, typed } from './typed.ts';
import { withVariables } from './variables.ts';

/** A description, and where its parts are in the file. */
export interface Description {
  readonly file: DescribeFile;
  /** `Line 3, column 5: ` for a path, or for the nearest part that contains it. */
  readonly placeOf: (path: readonly PropertyKey[]) => string;
}

const mostShown = 10;

const createPlaceOf =
  (places: ReadonlyMap<string, Place>): Description['placeOf'] =>
  (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const place = places.get(pathKey(path.slice(0, length)));
      if (place !== undefined) return `Line ${place.line}, column ${place.column}: `;
    }
    return '';
  };

/** Throws `bad_input` with all faults of a file, at most ten of them in full. */
const refuse = (faults: readonly { readonly path: string; readonly message: string }[]): never => {
  const shown = faults.slice(0, mostShown).map(({ message }) => message);
  const more = faults.length > shown.length ? [`There are ${faults.length - shown.length} more faults.`] : [];
  const sentences = [...shown, ...more].map((text) => (text.endsWith('.') || text.endsWith('?') ? text : `${text}.`));
  throw new KeyfobError('bad_input', sentences.join(' '), { fields: faults.slice(0, mostShown) });
};

type Issue = NonNullable<ReturnType<typeof describeFile.safeParse>['error']>['issues'][number];
type Fault = { readonly path: readonly PropertyKey[]; readonly message: string };

const faultsOf = (schema: JsonSchema, issue: Issue, value: unknown): readonly Fault[] => {
  if (issue.code === 'unrecognized_keys') {
    const known = knownNames(schema, issue.path);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `${key} is unknown here.${didYouMean(key, known)}`,
    }));
  }
  if (issue.code === 'invalid_union') {
    // The alternative with the fewest faults is the one that the file means.
    const [nearest] = issue.errors.toSorted((one, other) => depthOf(other) - depthOf(one));
    return (nearest ?? []).flatMap((inner) =>
      faultsOf(schema, { ...inner, path: [...issue.path, ...inner.path] }, value),
    );
  }
  const name = issue.path.at(-1);
  const isMissing = issue.code === 'invalid_type' && issue.path.reduce<unknown>(memberOf, value) === undefined;
  const message = isMissing ? 'is missing.' : issue.message;
  return [{ path: issue.path, message: name === undefined ? message : `${String(name)}: ${message}` }];
};

const depthOf = (issues: readonly Issue[]): number => Math.max(0, ...issues.map(({ path }) => path.length));

const memberOf = (value: unknown, name: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[name] : undefined;

/** What identifies an item of each list. */
const identities = (file: DescribeFile): Readonly<Record<string, readonly string[]>> => ({
  tiers: (file.tiers ?? []).map(({ level, name }) => `${level}/${name}`),
  apis: (file.apis ?? []).map(({ name, version = '1.0.0' }) => `${name}/${version}`),
  scopes: (file.scopes ?? []).map(({ name }) => name),
  users: (file.users ?? []).map(({ username }) => username.toLowerCase()),
  applications: (file.applications ?? []).map(({ name }) => name),
});

const repetitions = (file: DescribeFile): readonly Fault[] =>
  Object.entries(identities(file)).flatMap(([list, names]) =>
    names.flatMap((name, at) =>
      names.indexOf(name) === at ? [] : [{ path: [list, at], message: `"${name}" is in ${list} twice.` }],
    ),
  );

const fileMark = 'file:';

/** Says which names have no value, and which files could not be read. */
const missingText = (missing: ReturnType<typeof withVariables>['missing']): string => {
  const { names = [], files = [] } = Object.groupBy(missing, ({ name }) =>
    name.startsWith(fileMark) ? 'files' : 'names',
  );
  const named = names.map(({ name, text }) => (text === '' ? name : `${name} (${text})`)).join(', ');
  const paths = files.map(({ name }) => name.slice(fileMark.length)).join(', ');
  const sentences = [
    named && `The environment has no value for ${named}. Set each, or write $\{NAME:-default}.`,
    paths && `Cannot read ${paths}, which the keyfob.yaml names. Check path and permissions.`,
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
};

/** Checks a description whose scalars have their types. Throws `bad_input` with the place of each fault, without values. */
export const checkDescription = (value: unknown, placeOf: Description['placeOf']): Description => {
  const schema = describeSchema() as JsonSchema;
  const read = describeFile.safeParse(value);
  const faults = read.success
    ? repetitions(read.data)
    : read.error.issues.flatMap((one) => faultsOf(schema, one, value));
  if (faults.length > 0 || !read.success) {
    return refuse(faults.map(({ path, message }) => ({ path: 'file', message: `${placeOf(path)}${message}` })));
  }
  return { file: read.data, placeOf };
};

/**
 * Reads a parsed keyfob.yaml, with the values of its `${NAME}` and `${file:…}`. Throws `bad_input` with line and column of
 * each fault, and with all names and files that have no value. Messages never hold a value.
 */
export const readDescription = (parsed: ParsedDocument, variables: Readonly<Record<string, string>>): Description => {
  if (!parsed.ok) throw badInput('file', `The file cannot be read. ${parsed.message}`);
  const placeOf = createPlaceOf(parsed.places ?? new Map());
  const { value: replaced, missing } = withVariables(parsed.value, variables);
  if (missing.length > 0) {
    throw badInput('variables', missingText(missing));
  }
  return checkDescription(typed(describeSchema() as JsonSchema, replaced), placeOf);
};
