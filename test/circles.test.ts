import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '..');
const files = globSync('{main,preload,renderer}/**/*.{ts,tsx,mjs}', { cwd: root }).sort();

/** What each node imports, by name. */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Relative imports and exports of a file, type-only and dynamic ones included. The formatter begins statements at a line. */
const specifier =
  /^(?:import|export)\b[^'"`;]*?\bfrom\s*'(\.[^']*)'|^import\s*'(\.[^']*)'|\bimport\(\s*'(\.[^']*)'\s*\)/gm;

function importsOf(file: string): ReadonlySet<string> {
  const found = [...readFileSync(join(root, file), 'utf8').matchAll(specifier)];
  const paths = found.map(([, from, bare, dynamic]) => posix.join(dirname(file), from ?? bare ?? dynamic ?? ''));
  return new Set(paths.filter((path) => files.includes(path)));
}

const fileGraph: Graph = new Map(files.map((file) => [file, importsOf(file)]));

const folders = new Set(files.map((file) => dirname(file)));
const hasSubfolders = (folder: string) => [...folders].some((other) => other.startsWith(`${folder}/`));
/** The folder of a file. A file next to folders with code is a node of its own: a folder below may import it. */
const folderOf = (file: string) => (hasSubfolders(dirname(file)) ? file : dirname(file));

function folderGraphOf(graph: Graph): Graph {
  const between = new Map<string, Set<string>>();
  for (const [file, imports] of graph) {
    const from = folderOf(file);
    const known = between.get(from) ?? new Set();
    between.set(from, known);
    for (const to of imports) if (folderOf(to) !== from) known.add(folderOf(to));
  }
  return between;
}

/** The shortest way from a node to another, both ends included; `undefined` when there is none. */
function wayBetween(graph: Graph, from: string, to: string): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const node of cameFrom.keys()) {
    for (const next of graph.get(node) ?? []) if (!cameFrom.has(next)) cameFrom.set(next, node);
    if (node !== to) continue;
    const way: string[] = [];
    for (let at: string | undefined = to; at !== undefined; at = cameFrom.get(at)) way.unshift(at);
    return way;
  }
  return undefined;
}

/** For each import on a circle the shortest circle through it, as `a -> b -> a`. Each is listed once, the shortest first. */
function circlesIn(graph: Graph): readonly string[] {
  const circles = new Map<string, readonly string[]>();
  for (const [from, imports] of graph) {
    for (const to of imports) {
      const back = wayBetween(graph, to, from);
      if (back === undefined) continue;
      const name = [...back].sort().join();
      if (!circles.has(name)) circles.set(name, [from, ...back]);
    }
  }
  return [...circles.values()].sort((a, b) => a.length - b.length).map((circle) => circle.join(' -> '));
}

test('the search for circles finds them, and each once', () => {
  const graph: Graph = new Map([
    ['a', new Set(['b'])],
    ['b', new Set(['c', 'd'])],
    ['c', new Set(['a'])],
    ['d', new Set(['d'])],
  ]);
  assert.deepEqual(circlesIn(graph), ['d -> d', 'a -> b -> c -> a']);
});

test('imports are read: of values, of types, dynamic and re-exported', () => {
  const edges = [...fileGraph.values()].reduce((sum, imports) => sum + imports.size, 0);
  assert.ok(files.length > 400 && edges > 2 * files.length, `${files.length} files, ${edges} imports`);
  const known = (file: string) => [...(fileGraph.get(file) ?? [])];
  assert.ok(known('main/cli.ts').length > 0);
  assert.ok(known('preload/bridge.ts').includes('preload/contract/bridge.ts'));
});

test('no files import each other in a circle, type-only imports included', () => {
  assert.deepEqual(circlesIn(fileGraph), []);
});

test('no folders import each other in a circle, type-only imports included', () => {
  assert.deepEqual(circlesIn(folderGraphOf(fileGraph)), []);
});

test('no feature imports another', () => {
  const featureOf = (file: string) => /^renderer\/features\/([^/]+)\//.exec(file)?.[1];
  const foreign = files.flatMap((file) =>
    [...(fileGraph.get(file) ?? [])]
      .filter((to) => featureOf(file) !== undefined && featureOf(to) !== undefined && featureOf(to) !== featureOf(file))
      .map((to) => `${file} -> ${to}`),
  );
  assert.deepEqual(foreign, []);
});

/** The engine's parts, each with the parts directly below it. A part may import those, and whatever those may import. */
const below: Readonly<Record<string, readonly string[]>> = {
  usernames: [],
  errors: [],
  ports: [],
  decisions: ['ports'],
  clients: ['decisions', 'errors', 'usernames'],
  scopeRules: ['decisions', 'errors', 'usernames', 'portalScopes'],
  references: ['clients'],
  apis: ['references'],
  tokens: ['scopeRules', 'apis'],
  oauth: ['tokens', 'references'],
  gateway: ['tokens'],
  faults: ['apis'],
  backup: ['tokens'],
  describe: ['backup'],
  imports: ['describe'],
  methods: ['oauth', 'gateway', 'faults', 'imports'],
  portalScopes: [],
  devportal: ['methods'],
  engine: ['methods', 'devportal'],
};

const mayImport = (part: string, other: string): boolean =>
  part === other || (below[part] ?? []).some((lower) => mayImport(lower, other));

test('the engine is layered: a part imports lower parts only', () => {
  const partOf = (file: string) => /^main\/engine\/([^/.]+)/.exec(file)?.[1];
  const absent = Object.keys(below).filter((part) => !files.some((file) => partOf(file) === part));
  assert.deepEqual(absent, [], 'each part of the order has code');
  const wrong = files.flatMap((file) => {
    const part = partOf(file);
    if (part === undefined) return [];
    if (below[part] === undefined) return [`${file} is in no part of the engine that has a place in the order`];
    const parts = [...(fileGraph.get(file) ?? [])].filter((to) => !mayImport(part, partOf(to) ?? part));
    return parts.map((to) => `${file} -> ${to}`);
  });
  assert.deepEqual(wrong, []);
});
