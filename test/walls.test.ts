import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { after, before, test } from 'node:test';

const root = resolve(import.meta.dirname, '..');
let house = '';

/**
 * One violation per wall. Each is planted in a copy of the house, and the checker that keeps that wall must name its file. Types are
 * imported from small files, because the compiler checks again what a room imports across a wall.
 */
const violations: readonly { wall: string; keeper: 'tsc' | 'biome'; file: string; text: string }[] = [
  { wall: 'the contract imports zod only', keeper: 'biome', file: 'preload/contract/a.ts', text: "import 'jose';" },
  {
    wall: 'the contract knows no Node',
    keeper: 'tsc',
    file: 'preload/contract/b.ts',
    text: 'export const b = process.pid;',
  },
  {
    wall: 'the contract knows no room',
    keeper: 'tsc',
    file: 'preload/contract/c.ts',
    text: "export * as ports from '../../main/engine/ports/backupCipher.ts';",
  },
  { wall: 'the engine knows no Node module', keeper: 'biome', file: 'main/engine/a.ts', text: "import 'node:fs';" },
  {
    wall: 'the engine knows no package',
    keeper: 'biome',
    file: 'main/engine/oauth/grants/b.ts',
    text: "import 'zod';",
  },
  { wall: 'the engine knows no SQLite', keeper: 'biome', file: 'main/engine/c.ts', text: "import 'better-sqlite3';" },
  {
    wall: 'the engine knows no Node global',
    keeper: 'tsc',
    file: 'main/engine/d.ts',
    text: 'export const d = Buffer.alloc(1);',
  },
  {
    wall: 'the engine has no timer',
    keeper: 'tsc',
    file: 'main/engine/e.ts',
    text: 'setTimeout(() => undefined, 1);\nexport {};',
  },
  {
    wall: 'the engine has no clock of its own',
    keeper: 'biome',
    file: 'main/engine/f.ts',
    text: 'export const f = Date.now();',
  },
  {
    wall: 'the engine has no randomness of its own',
    keeper: 'biome',
    file: 'main/engine/g.ts',
    text: 'export const g = Math.random();',
  },
  {
    wall: 'the engine knows no store',
    keeper: 'tsc',
    file: 'main/engine/h.ts',
    text: "import type { GroupCommit } from '../store/database/commit.ts';\nexport type H = GroupCommit;",
  },
  { wall: 'exports know no Node module', keeper: 'biome', file: 'main/exports/a.ts', text: "import 'node:fs';" },
  {
    wall: 'exports know no snippets',
    keeper: 'tsc',
    file: 'main/exports/b.ts',
    text: "import type { Dialect } from '../snippets/dialect.ts';\nexport type B = Dialect;",
  },
  { wall: 'snippets know no Node module', keeper: 'biome', file: 'main/snippets/a.ts', text: "import 'node:os';" },
  {
    wall: 'snippets know no Node global',
    keeper: 'tsc',
    file: 'main/snippets/b.ts',
    text: 'export const b = process.platform;',
  },
  {
    wall: 'snippets know no store',
    keeper: 'tsc',
    file: 'main/snippets/c.ts',
    text: "import type { GroupCommit } from '../store/database/commit.ts';\nexport type C = GroupCommit;",
  },
  {
    wall: 'the runner knows no store',
    keeper: 'tsc',
    file: 'main/runner/a.ts',
    text: "import type { GroupCommit } from '../store/database/commit.ts';\nexport type A = GroupCommit;",
  },
  {
    wall: 'the runner knows no snippets',
    keeper: 'tsc',
    file: 'main/runner/b.ts',
    text: "import type { Dialect } from '../snippets/dialect.ts';\nexport type B = Dialect;",
  },
  { wall: 'the runner knows no package', keeper: 'biome', file: 'main/runner/c.ts', text: "import 'zod';" },
  {
    wall: 'the store knows no vault',
    keeper: 'tsc',
    file: 'main/store/a.ts',
    text: "export * as wrap from '../vault/wrap.ts';",
  },
  {
    wall: 'the store knows no endpoint',
    keeper: 'tsc',
    file: 'main/store/b.ts',
    text: "export * as errors from '../endpoint/errors.ts';",
  },
  {
    wall: 'the vault knows no store',
    keeper: 'tsc',
    file: 'main/vault/a.ts',
    text: "import type { GroupCommit } from '../store/database/commit.ts';\nexport type A = GroupCommit;",
  },
  {
    wall: 'files of age are made in one room',
    keeper: 'biome',
    file: 'main/vault/b.ts',
    text: "import 'age-encryption';",
  },
  {
    wall: 'files of age know no store',
    keeper: 'tsc',
    file: 'main/backup/a.ts',
    text: "import type { GroupCommit } from '../store/database/commit.ts';\nexport type A = GroupCommit;",
  },
  {
    wall: 'the system knows no engine',
    keeper: 'tsc',
    file: 'main/system/a.ts',
    text: "export * as ports from '../engine/ports/backupCipher.ts';",
  },
  {
    wall: 'the platform knows no store',
    keeper: 'tsc',
    file: 'main/platform/a.ts',
    text: "import type { GroupCommit } from '../store/database/commit.ts';\nexport type A = GroupCommit;",
  },
  {
    wall: 'the listener knows no endpoint',
    keeper: 'tsc',
    file: 'main/listener/a.ts',
    text: "export * as errors from '../endpoint/errors.ts';",
  },
  {
    wall: 'the listener knows no engine',
    keeper: 'tsc',
    file: 'main/listener/b.ts',
    // The compiler names one importer of a file, so this one is imported by no other violation.
    text: "export * as usernames from '../engine/usernames.ts';",
  },
  {
    wall: 'the listener knows no store',
    keeper: 'tsc',
    file: 'main/listener/c.ts',
    text: "import type { GroupCommit } from '../store/database/commit.ts';\nexport type C = GroupCommit;",
  },
  { wall: 'the listener knows no package', keeper: 'biome', file: 'main/listener/d.ts', text: "import 'zod';" },
  {
    wall: 'the endpoint knows no store',
    keeper: 'tsc',
    file: 'main/endpoint/a.ts',
    text: "import type { GroupCommit } from '../store/database/commit.ts';\nexport type A = GroupCommit;",
  },
  {
    wall: 'the endpoint knows no composition root',
    keeper: 'tsc',
    file: 'main/endpoint/b.ts',
    text: "export * as ca from '../app/serverCaFile.ts';",
  },
  {
    wall: 'the gateway knows no store',
    keeper: 'tsc',
    file: 'main/gateway/a.ts',
    text: "import type { GroupCommit } from '../store/database/commit.ts';\nexport type A = GroupCommit;",
  },
  {
    wall: 'the gateway knows no endpoint',
    keeper: 'tsc',
    file: 'main/gateway/b.ts',
    text: "export * as errors from '../endpoint/errors.ts';",
  },
  {
    wall: 'the transports know no engine',
    keeper: 'tsc',
    file: 'main/transport/a.ts',
    text: "export * as ports from '../engine/ports/backupCipher.ts';",
  },
  {
    wall: 'the transports know no package but zod',
    keeper: 'biome',
    file: 'main/transport/b.ts',
    text: "import 'commander';",
  },
  {
    wall: 'the browser host knows no engine',
    keeper: 'tsc',
    file: 'main/browserHost/a.ts',
    text: "export * as ports from '../engine/ports/backupCipher.ts';",
  },
  { wall: 'the browser host knows no package', keeper: 'biome', file: 'main/browserHost/b.ts', text: "import 'zod';" },
  { wall: 'Electron stays in its rooms: app', keeper: 'biome', file: 'main/c.ts', text: "import 'electron';" },
  {
    wall: 'Electron stays in its rooms: store',
    keeper: 'biome',
    file: 'main/store/d.ts',
    text: "import 'electron/main';",
  },
  {
    wall: 'Electron stays in its rooms: engine',
    keeper: 'biome',
    file: 'main/engine/i.ts',
    text: "import 'electron';",
  },
  {
    wall: 'Electron stays in its rooms: transport',
    keeper: 'biome',
    file: 'main/transport/e.ts',
    text: "import 'electron';",
  },
  {
    wall: 'Electron stays in its rooms: the composition root',
    keeper: 'biome',
    file: 'main/d.ts',
    text: "import type { App } from 'electron';\nexport type D = App;",
  },
  {
    wall: 'Electron stays in its rooms: browser host',
    keeper: 'biome',
    file: 'main/browserHost/e.ts',
    text: "import 'electron';",
  },
  {
    wall: 'Electron stays in its rooms: contract',
    keeper: 'biome',
    file: 'preload/contract/f.ts',
    text: "import 'electron';",
  },
  {
    wall: 'Electron stays in its rooms: host',
    keeper: 'biome',
    file: 'renderer/host/g.ts',
    text: "import 'electron';",
  },
  { wall: 'the desktop window knows no package', keeper: 'biome', file: 'main/window/a.ts', text: "import 'zod';" },
  {
    wall: 'the desktop window knows no store',
    keeper: 'tsc',
    file: 'main/window/b.ts',
    text: "import type { GroupCommit } from '../store/database/commit.ts';\nexport type B = GroupCommit;",
  },
  {
    wall: 'the desktop window knows no composition root',
    keeper: 'tsc',
    file: 'main/window/c.ts',
    text: "export * as ca from '../app/serverCaFile.ts';",
  },
  { wall: 'the page knows no host', keeper: 'biome', file: 'main/page/a.ts', text: "import '../transport/reply.ts';" },
  {
    wall: 'the components know no store',
    keeper: 'tsc',
    file: 'renderer/ui/a.ts',
    text: "export * as verb from '../store/verbs/verb.ts';",
  },
  {
    wall: 'the components know no contract',
    keeper: 'biome',
    file: 'renderer/ui/b.ts',
    text: "import '../../preload/contract/values.ts';",
  },
  {
    wall: 'a folder of components knows no contract',
    keeper: 'biome',
    file: 'renderer/ui/tables/a.ts',
    text: "import '../../../preload/contract/values.ts';",
  },
  {
    wall: 'the components know no feature',
    keeper: 'tsc',
    file: 'renderer/ui/c.ts',
    text: "export * as focus from '../features/shell/useKeepFocus.ts';",
  },
  {
    wall: 'the host knows no store',
    keeper: 'tsc',
    file: 'renderer/host/a.ts',
    text: "export * as verb from '../store/verbs/verb.ts';",
  },
  { wall: 'the host knows no package', keeper: 'biome', file: 'renderer/host/b.ts', text: "import 'react';" },
  {
    wall: 'the store knows no component',
    keeper: 'tsc',
    file: 'renderer/store/a.ts',
    text: "export * as classes from '../ui/classes.ts';",
  },
  {
    wall: 'the store knows no feature',
    keeper: 'tsc',
    file: 'renderer/store/b.ts',
    text: "export * as focus from '../features/shell/useKeepFocus.ts';",
  },
  {
    wall: 'the window knows no Node module',
    keeper: 'biome',
    file: 'renderer/store/c.ts',
    text: "import 'node:fs';",
  },
  {
    wall: 'the window knows no Node global',
    keeper: 'tsc',
    file: 'renderer/store/d.ts',
    text: 'export const d = process.pid;',
  },
  {
    wall: 'the window knows nothing of main',
    keeper: 'biome',
    file: 'renderer/store/e.ts',
    text: "import '../../main/app/app.ts';",
  },
  {
    wall: 'a feature knows no host',
    keeper: 'biome',
    file: 'renderer/features/users/a.ts',
    text: "export * as session from '../../host/session.ts';",
  },
  {
    wall: 'a feature knows no other feature',
    keeper: 'biome',
    file: 'renderer/features/users/b.ts',
    text: "import '../shell/Shell.tsx';",
  },
  {
    wall: 'a folder of a feature knows no other feature',
    keeper: 'biome',
    file: 'renderer/features/settings/vault/a.ts',
    text: "import '../../users/UserMenu.tsx';",
  },
  {
    wall: 'a feature knows the store by its hooks',
    keeper: 'biome',
    file: 'renderer/features/users/c.ts',
    text: "import 'zustand';",
  },
  {
    wall: 'Electron stays in its rooms: window',
    keeper: 'biome',
    file: 'renderer/features/users/d.ts',
    text: "import 'electron';",
  },
];

type Violation = (typeof violations)[number];

const run = (command: string, args: readonly string[]) => {
  const bin = join(root, 'node_modules/.bin', command);
  const result = spawnSync(bin, args, { cwd: house, encoding: 'utf8', maxBuffer: 64 << 20 });
  return { status: result.status, text: `${result.stdout}${result.stderr}` };
};

const lint = () => run('biome', ['lint', '--max-diagnostics=none', '--reporter=github']);
const types = (...projects: readonly string[]) => run('tsc', ['-b', ...projects, '--pretty', 'false']);

/**
 * Violations that are planted together. An import brings the types of its room along, which would excuse the use of a
 * global next to it: those two kinds are apart.
 */
const rounds: readonly { readonly check: typeof lint; readonly of: (violation: Violation) => boolean }[] = [
  { check: lint, of: ({ keeper }) => keeper === 'biome' },
  {
    check: () => types('preload/contract', 'main/engine', 'main/snippets', 'renderer/store'),
    of: ({ keeper, text }) => keeper === 'tsc' && !text.includes(' from '),
  },
  { check: () => types('main', 'renderer'), of: ({ keeper, text }) => keeper === 'tsc' && text.includes(' from ') },
];
/**
 * Copies the results of the last `tsc -b`, so that the compiler checks only the planted files. With the small imports, this saves
 * 37 of 46 seconds of processor time. Without results, the compiler checks everything.
 */
function copyResults(): void {
  const [from, to] = [join(root, 'build/types'), join(house, 'build/types')];
  if (!existsSync(from)) return;
  cpSync(from, to, { recursive: true });
  const packages = relative(to, join(root, 'node_modules'));
  for (const file of globSync(join(to, '*.tsbuildinfo'))) {
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"../../node_modules/', `"${packages}/`));
  }
}

/** The output of the checker, by violation. */
const said = new Map<Violation, string>();

before(() => {
  house = mkdtempSync(join(tmpdir(), 'keyfob-walls-'));
  const listed = ['ls-files', '-co', '--exclude-standard', 'main', 'preload', 'renderer', '*.json', '.gitignore'];
  for (const file of execFileSync('git', listed, { cwd: root, encoding: 'utf8' }).trim().split('\n')) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    cpSync(join(root, file), join(house, file));
  }
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  execFileSync('git', ['init', '-q'], { cwd: house });
  copyResults();
  for (const { check, of } of rounds) {
    const planted = violations.filter(of);
    for (const { file, text } of planted) {
      mkdirSync(dirname(join(house, file)), { recursive: true });
      writeFileSync(join(house, file), `${text}\n`);
    }
    const { text } = check();
    if (check === lint) {
      const named = (line: string) => planted.some(({ file }) => line.includes(`/${file},`));
      const others = text.split('\n').filter((line) => line.startsWith('::error') && !named(line));
      assert.deepEqual(others, [], 'the house itself must be clean');
    }
    for (const violation of planted) {
      rmSync(join(house, violation.file));
      said.set(violation, text);
    }
  }
});

after(() => rmSync(house, { recursive: true, force: true }));

for (const violation of violations) {
  const { wall, keeper, file } = violation;
  test(`a violation is caught: ${wall} (${file})`, () => {
    const text = said.get(violation) ?? '';
    const named = keeper === 'tsc' ? `${file}(` : `/${file},`;
    const lines = text.split('\n').filter((line) => line.includes(named) && line.includes('error'));
    assert.notEqual(lines.length, 0, `${keeper} does not name ${file}:\n${text.slice(0, 4000)}`);
  });
}
