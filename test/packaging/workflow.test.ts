import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly path?: string };
}
interface Job {
  readonly needs?: readonly string[];
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: { readonly include: readonly { readonly os: string }[] } };
  readonly steps: readonly Step[];
}

const text = read('.github/workflows/release.yml');
const { on, jobs }: { on: { push: { tags: string[] } }; jobs: Record<string, Job> } = parse(text);
const steps = Object.values(jobs).flatMap((job) => job.steps);
const commands = steps.map(({ run = '' }) => run).join('\n');

test('it runs on tags, tests on Linux, packs on three systems, and releases after both', () => {
  assert.deepEqual(on, { push: { tags: ['v*'] } });
  const { test: testing, packages, release } = jobs;
  assert.ok(testing?.steps.some(({ run }) => run === 'npm test'));
  assert.match(testing?.['runs-on'] ?? '', /^ubuntu-/);
  assert.deepEqual(
    packages?.strategy?.matrix.include.map(({ os }) => os.split('-')[0]),
    ['ubuntu', 'macos', 'windows'],
  );
  assert.deepEqual(release?.needs, ['test', 'packages']);
  for (const [name, job] of Object.entries(jobs)) assert.ok(job['timeout-minutes'], `${name} may not hang`);
});

test('every script of npm that it runs is there', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = [...commands.matchAll(/npm (?:run (?:--silent )?([\w-]+)|(test))\b/g)].map(
    ([, run, short]) => run ?? short,
  );
  assert.ok(named.includes('dist') && named.includes('test') && named.includes('release-notes'), named.join());
  assert.deepEqual(
    named.filter((name) => scripts[name ?? ''] === undefined),
    [],
  );
});

test('what it runs beside npm is there, and the specs in Electron are a project of Playwright', () => {
  const files = [...commands.matchAll(/\bnode (\S+\.ts)/g)].map(([, file = '']) => file);
  assert.ok(files.length > 0 && files.every((file) => existsSync(join(root, file))), files.join());
  const projects = [...commands.matchAll(/playwright test --project=(\S+)/g)].map(([, name]) => name);
  assert.deepEqual([...new Set(projects)], ['electron']);
  assert.match(read('playwright.config.ts'), /name: 'electron',/);
});

test('actions are pinned, and packages are uploaded by the endings that they have', () => {
  for (const { uses } of steps) if (uses !== undefined) assert.match(uses, /^actions\/[\w-]+@v\d+\.\d+\.\d+$/);
  const uploaded = steps.flatMap(({ with: given }) => given?.path?.match(/build\/dist\/\*\.\w+/g) ?? []);
  const builder = parse(read('electron-builder.yml'));
  const endings: Record<string, string> = {
    AppImage: 'AppImage',
    deb: 'deb',
    dmg: 'dmg',
    nsis: 'exe',
    portable: 'exe',
  };
  const targets = ['linux', 'mac', 'win'].flatMap((system) => builder[system].target);
  const wanted = targets.map((target: string | { target: string }) =>
    typeof target === 'string' ? endings[target] : endings[target.target],
  );
  assert.deepEqual(uploaded.sort(), [...new Set(wanted), 'tgz'].map((ending) => `build/dist/*.${ending}`).sort());
});

test('a command has no input of others in it but by its environment', () => {
  assert.doesNotMatch(commands, /\$\{\{/);
});
