import { parentPort, workerData } from 'node:worker_threads';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type ParsedDocument, type Place, pathKey } from '../../engine/ports/document.ts';

interface Task {
  readonly text: string;
  readonly places: boolean;
}

const fault = (message: string): ParsedDocument => ({ ok: false, message });
const tooDeep = fault('It is nested too deeply.');

/** The place of each part: of a member its key. Parts behind an alias have none. */
function placesOf(root: Node | null, lineCounter: LineCounter): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const visit = (node: unknown, path: readonly PropertyKey[], start: number | undefined) => {
    const { line, col } = lineCounter.linePos(start ?? 0);
    places.set(pathKey(path), { line, column: col });
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (isScalar(key)) visit(value, [...path, String(key.value)], key.range?.[0]);
      }
    } else if (isSeq(node)) {
      for (const [at, item] of node.items.entries()) visit(item, [...path, at], (item as Node | null)?.range?.[0]);
    }
  };
  visit(root, [], root?.range?.[0]);
  return places;
}

function parseYaml({ text, places }: Task): ParsedDocument {
  const lineCounter = new LineCounter();
  // `failsafe` keeps each scalar as its text: a version of 1.0 must not become the number 1.
  const document = parseDocument(text, { schema: 'failsafe', lineCounter, prettyErrors: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error === undefined) {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return { ok: true, value, ...(places && { places: placesOf(document.contents, lineCounter) }) };
  }
  if (/call stack/.test(error.message)) return tooDeep;
  const { line, col } = lineCounter.linePos(error.pos[0]);
  return fault(`Line ${line}, column ${col}: ${error.message.slice(0, 200)}.`);
}

try {
  // Sending the value to another thread recurses into it, so it can fail like parsing.
  parentPort?.postMessage(parseYaml(workerData as Task));
} catch (error) {
  if (error instanceof RangeError) parentPort?.postMessage(tooDeep);
  else if (error instanceof ReferenceError) parentPort?.postMessage(fault('Its aliases repeat too much.'));
  else throw error;
}
