import { parentPort, workerData } from 'node:worker_threads';
import { LineCounter, parseDocument } from 'yaml';
import type { ParsedDocument } from '../engine/ports/document.ts';

const fault = (message: string): ParsedDocument => ({ ok: false, message });
const tooDeep = fault('It is nested too deeply.');

function parseYaml(text: string): ParsedDocument {
  const lineCounter = new LineCounter();
  // `failsafe` keeps each scalar as its text: a version of 1.0 must not become the number 1.
  const document = parseDocument(text, { schema: 'failsafe', lineCounter, prettyErrors: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error === undefined) return { ok: true, value: document.toJS({ maxAliasCount: 100 }) };
  if (/call stack/.test(error.message)) return tooDeep;
  const { line, col } = lineCounter.linePos(error.pos[0]);
  return fault(`Line ${line}, column ${col}: ${error.message.slice(0, 200)}.`);
}

try {
  // Sending the value to another thread recurses into it, so it can fail like parsing.
  parentPort?.postMessage(parseYaml(String(workerData)));
} catch (error) {
  if (error instanceof RangeError) parentPort?.postMessage(tooDeep);
  else if (error instanceof ReferenceError) parentPort?.postMessage(fault('Its aliases repeat too much.'));
  else throw error;
}
