import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Chance } from './seeded.ts';
import { readSystemCalls, type SystemCall, straceTo } from './strace.ts';

/** The smallest part of a write that a disk writes as a whole. */
const sectorBytes = 512;

/** A command that runs another one and logs what {@link recordedCalls} needs: all bytes, in hexadecimal. */
export const recordTo = (log: string): readonly string[] =>
  straceTo(
    log,
    [
      ...['read', 'write', 'writev', 'pwrite64', 'openat', 'fsync', 'fdatasync', 'ftruncate'],
      ...['rename', 'renameat', 'renameat2', 'unlink', 'unlinkat'],
    ],
    ['-xx', '--string-limit=16384', '--seccomp-bpf'],
  );

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');
const strings = (text: string): readonly Buffer[] =>
  [...text.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => bytesOf(hex));

/** A call with the bytes of its strings. */
export interface Call extends Omit<SystemCall, 'text'> {
  readonly data: readonly Buffer[];
  readonly result: number;
  /** The last number in front of the result. */
  readonly lastNumber: number;
  readonly flags: string;
}

/** The calls of such a log that succeeded, in the order in which they began. */
export const recordedCalls = (log: string): readonly Call[] =>
  readSystemCalls(log)
    .map(({ text, file, ...call }) => ({
      ...call,
      file: bytesOf(file === '' || call.name === 'openat' ? (/= \d+<(.*)>$/.exec(text)?.[1] ?? '') : file).toString(),
      data: strings(text),
      result: Number(/= (-?\d+)[^=]*$/.exec(text)?.[1] ?? -1),
      lastNumber: Number(/(\d+)\) += /.exec(text)?.[1] ?? 0),
      flags: /O_[A-Z_|]+/.exec(text)?.[0] ?? '',
    }))
    .filter(({ result }) => result >= 0)
    .sort((a, b) => a.beganAt - b.beganAt);

/** A change of a file's content, or of its length without data. */
interface Write {
  readonly at: number;
  readonly data: Buffer | undefined;
  readonly beganAt: number;
  readonly endedAt: number;
}

/** A file by its first name, with its changes. */
interface File {
  readonly initial: Buffer;
  readonly writes: Write[];
  readonly syncs: Call[];
  position: number;
}

/** A change of a name in the folder: to a file, or to none. */
interface Naming {
  readonly name: string;
  readonly file: File | undefined;
  readonly endedAt: number;
}

/** The disk under one folder, as a recorded process wrote to it. */
export interface Disk {
  /**
   * Writes the folder as a loss of power at this line of the log may leave it. Writes without a later sync are each kept, dropped or torn
   * between sectors; changes of names without a sync of the folder are lost from some one on.
   */
  restore(to: string, cut: number, chance: Chance): void;
}

/** Replays the calls of a process over `initial`, a copy of the folder before it started. */
export function replayDisk(calls: readonly Call[], folder: string, initial: string): Disk {
  const isData = (name: string) => !name.endsWith('-shm');
  const newFile = (content = Buffer.alloc(0)): File => ({ initial: content, writes: [], syncs: [], position: 0 });
  const before = new Map(
    readdirSync(initial)
      .filter((name) => statSync(join(initial, name)).isFile() && isData(name))
      .map((name) => [name, newFile(readFileSync(join(initial, name)))]),
  );
  const files = new Map(before);
  const namings: Naming[] = [];
  const folderSyncs: Call[] = [];
  const nameIn = (path: string | undefined) =>
    path !== undefined && dirname(path) === folder ? path.slice(folder.length + 1) : undefined;

  const rename = (name: string | undefined, file: File | undefined, { endedAt }: Call): void => {
    if (name === undefined || !isData(name)) return;
    namings.push({ name, file, endedAt });
    if (file === undefined) files.delete(name);
    else files.set(name, file);
  };
  for (const call of calls) {
    const { name: does, beganAt, endedAt, data } = call;
    if (call.file === folder && does === 'fsync') folderSyncs.push(call);
    const name = nameIn(call.file);
    const file = files.get(name ?? '');
    const write = (at: number, bytes: Buffer | undefined) => file?.writes.push({ at, data: bytes, beganAt, endedAt });
    if (does.startsWith('rename') || does.startsWith('unlink')) {
      const [from, to] = data.map((path) => nameIn(path.toString()));
      const moved = files.get(from ?? '');
      rename(from, undefined, call);
      if (does.startsWith('rename')) rename(to, moved, call);
    } else if (does === 'openat') {
      if (file === undefined && call.flags.includes('O_CREAT')) rename(name, newFile(), call);
      else if (file !== undefined) file.position = 0;
      if (call.flags.includes('O_TRUNC')) write(0, undefined);
    } else if (file === undefined) {
    } else if (does === 'fsync' || does === 'fdatasync') {
      file.syncs.push(call);
    } else if (does === 'ftruncate') {
      write(call.lastNumber, undefined);
    } else if (does === 'pwrite64' || does === 'write') {
      const [bytes] = data;
      if (bytes?.length !== call.result) throw new Error(`The log lacks bytes of a write to ${name}.`);
      write(does === 'write' ? file.position : call.lastNumber, bytes);
      if (does === 'write') file.position += bytes.length;
    }
  }

  /** Until when changes are certainly on disk: the start of the last sync that ended before the cut. */
  const syncedUntil = (syncs: readonly Call[], cut: number) =>
    Math.max(-1, ...syncs.filter(({ endedAt }) => endedAt < cut).map(({ beganAt }) => beganAt));

  return {
    restore(to, cut, chance) {
      mkdirSync(to, { recursive: true });
      const namesUntil = syncedUntil(folderSyncs, cut);
      const possible = namings.filter(({ endedAt }) => endedAt < cut);
      const certain = possible.filter(({ endedAt }) => endedAt < namesUntil).length;
      const kept = certain + chance(possible.length - certain + 1);
      const named = new Map<string, File | undefined>([
        ...before,
        ...possible.slice(0, kept).map(({ name, file }) => [name, file] as const),
      ]);
      for (const [name, file] of named) {
        if (file === undefined) continue;
        writeFileSync(join(to, name), contentAt(file, cut, syncedUntil(file.syncs, cut), chance));
      }
    },
  };
}

/** The content of a file at the cut. */
function contentAt(file: File, cut: number, synced: number, chance: Chance): Buffer {
  const writes = file.writes.filter(({ beganAt }) => beganAt < cut);
  const content = Buffer.alloc(
    Math.max(file.initial.length, ...writes.map(({ at, data }) => at + (data?.length ?? 0))),
  );
  file.initial.copy(content);
  let length = file.initial.length;
  const put = (at: number, data: Buffer) => {
    data.copy(content, at);
    length = Math.max(length, at + data.length);
  };
  for (const { at, data, endedAt } of writes) {
    // 0: kept, 1: dropped, 2: torn.
    const fate = endedAt < synced ? 0 : chance(3);
    if (fate === 1) continue;
    if (data === undefined) {
      content.fill(0, at);
      length = at;
    } else if (fate === 0) {
      put(at, data);
    } else {
      for (let from = 0; from < data.length; ) {
        const until = Math.min(data.length, from + sectorBytes - ((at + from) % sectorBytes));
        if (chance(2) === 0) put(at + from, data.subarray(from, until));
        from = until;
      }
    }
  }
  return content.subarray(0, length);
}
