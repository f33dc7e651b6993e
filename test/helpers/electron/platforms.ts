import type { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';

/** The systems of methods and events that not all systems have, by `Class.name` and `Class 'event'`. */
export type PlatformTags = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the `@platform` tags of Electron's type declarations. */
export function platformTags(declarations: string): PlatformTags {
  const tags = new Map<string, ReadonlySet<string>>();
  let owner = '';
  let comment = '';
  for (const line of declarations.split('\n')) {
    const declared = /^ {2}(?:class|interface) (\w+)/.exec(line)?.[1];
    if (declared !== undefined) owner = declared;
    if (/^\s*\/\*\*/.test(line)) comment = '';
    if (/^\s*(\/\*)?\*/.test(line)) {
      comment += line;
      continue;
    }
    const platforms = /@platform ([\w,]+)/.exec(comment)?.[1];
    comment = '';
    const [, event, method] = /^ {4}(?:on\(event: ('[\w-]+')|(?:static )?(\w+)\((?!event: '))/.exec(line) ?? [];
    if (platforms === undefined || (event ?? method) === undefined) continue;
    tags.set(event === undefined ? `${owner}.${method}` : `${owner} ${event}`, new Set(platforms.split(',')));
  }
  return tags;
}

const declarations = new URL('../../../node_modules/electron/electron.d.ts', import.meta.url);
const tags = platformTags(readFileSync(declarations, 'utf8'));
let platform: string = process.platform;

/** Pretends to be another system in a test. */
export function pretendPlatform(other: NodeJS.Platform): void {
  platform = other;
}

function check(name: string): void {
  const platforms = tags.get(name);
  if (platforms !== undefined && !platforms.has(platform)) {
    throw new Error(`Electron has ${name} on ${[...platforms].join(' and ')} only, and this is ${platform}`);
  }
}

/** Makes a part of Electron refuse methods and events that this system does not have. */
export function refuseElsewhere(part: EventEmitter, owner: string): void {
  for (const tag of tags.keys()) {
    const name = tag.startsWith(`${owner}.`) ? tag.slice(owner.length + 1) : '';
    const method: unknown = Reflect.get(part, name);
    if (typeof method !== 'function') continue;
    const value = (...args: unknown[]) => {
      check(tag);
      return method.apply(part, args);
    };
    Object.defineProperty(part, name, { value });
  }
  const { emit } = part;
  part.emit = (event: string | symbol, ...args: unknown[]) => {
    check(`${owner} '${String(event)}'`);
    return emit.call(part, event, ...args);
  };
}
