import { parentPort, workerData } from 'node:worker_threads';
import { LineCounter, parseDocument } from 'yaml';
import type { ParsedDocument } from '../engine/ports/document.ts';

const fault = (message: string): ParsedDocument => ({ ok: false, message });
const notText = fault('It is not a text file in UTF-8.');
const tooDeep = fault('It is nested too deeply.');

/** Decodes UTF-8, or UTF-16 with a byte order mark; undefined for anything else. */
function decoded(bytes: Uint8Array): string | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): ParsedDocument {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [, line, column] = / \(line (\d+) column (\d+)\)/.exec(error.message) ?? [];
    const place = line === undefined ? '' : `Line ${line}, column ${column}: `;
    // The rest of the message quotes the document.
    return fault(`${place}${error.message.replace(/,? (?:in JSON at position|\.{0,3}").*$/s, '')}.`);
  }
}

function parseYaml(text: string): ParsedDocument {
  const lineCounter = new LineCounter();
  try {
    // `failsafe` keeps each scalar as its text: a version of 1.0 must not become the number 1.
    const document = parseDocument(text, { schema: 'failsafe', lineCounter, prettyErrors: false, logLevel: 'silent' });
    const [error] = document.errors;
    if (error === undefined) return { ok: true, value: document.toJS({ maxAliasCount: 100 }) };
    if (/call stack/.test(error.message)) return tooDeep;
    const { line, col } = lineCounter.linePos(error.pos[0]);
    return fault(`Line ${line}, column ${col}: ${error.message.slice(0, 200)}.`);
  } catch (error) {
    if (error instanceof ReferenceError) return fault('Its aliases repeat too much.');
    throw error;
  }
}

/** Sending a value to another thread recurses into it, so it can fail like parsing. */
function answer(text: string | undefined): void {
  if (text === undefined || text.includes('\0')) parentPort?.postMessage(notText);
  else parentPort?.postMessage(/^\s*[{[]/.test(text) ? parseJson(text) : parseYaml(text));
}

try {
  answer(decoded(Buffer.from(String(workerData), 'base64')));
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  parentPort?.postMessage(tooDeep);
}
