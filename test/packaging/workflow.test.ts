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
  readonly if?: string;
  readonly with?: { readonly path?: string };
}
interface Job {
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: {
    readonly matrix: { readonly os?: string[]; readonly include?: readonly { readonly os: string }[] };
  };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, object | null>>;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const release: Workflow = parse(read('.github/workflows/release.yml'));
const check: Workflow = parse(read('.github/workflows/check.yml'));
const jobs = [...Object.entries(release.jobs), ...Object.entries(check.jobs)];
const stepsOf = (workflow: Workflow) => Object.values(workflow.jobs).flatMap((job) => job.steps);
const steps = [...stepsOf(release), ...stepsOf(check)];
const commands = steps.map(({ run = '' }) => run).join('\n');

test('a release runs on tags and by hand, tests on Linux, packs on three systems for two processors, and publishes tags only', () => {
  assert.deepEqual(release.on, { push: { tags: ['v*'] }, workflow_dispatch: null });
  const { test: testing, packages, release: releasing } = release.jobs;
  assert.ok(testing?.steps.some(({ run }) => run === 'npm test'));
  assert.match(testing?.['runs-on'] ?? '', /^ubuntu-/);
  assert.deepEqual(
    packages?.strategy?.matrix.include?.map(({ os }) => os),
    ['ubuntu-24.04', 'ubuntu-24.04-arm', 'macos-15', 'windows-2025', 'windows-11-arm'],
  );
  assert.deepEqual([releasing?.needs, releasing?.if], [['test', 'packages'], "github.ref_type == 'tag'"]);
  const notes = stepsOf(release).filter(({ run }) => run?.includes('release-notes') && run.includes('/dev/null'));
  assert.deepEqual(
    notes.map((step) => step.if),
    ["github.ref_type == 'tag'"],
  );
});

test('a release has a bill of materials and an attestation of its build', () => {
  const { permissions, steps: done = [] } = release.jobs.release ?? {};
  const at = (wanted: RegExp) => done.findIndex(({ run = '', uses = '' }) => wanted.test(run) || wanted.test(uses));
  assert.ok(at(/npm sbom/) < at(/sha256sum/) && at(/npm sbom/) > 0, 'its checksum is among those of the packages');
  assert.ok(at(/attest-build-provenance/) > 0 && at(/attest-build-provenance/) < at(/gh release create/));
  assert.deepEqual(permissions, { contents: 'write', 'id-token': 'write', attestations: 'write' });
});

test('each change is tested, in Electron too, with the default settings of each system', () => {
  assert.deepEqual(check.on, { push: { branches: ['main'] }, pull_request: null });
  assert.deepEqual(check.permissions, { contents: 'read' });
  assert.ok(check.jobs.test?.steps.some(({ run }) => run === 'npm test'));
  assert.deepEqual(check.jobs.desktop?.strategy?.matrix.os, ['ubuntu-24.04', 'macos-15', 'windows-2025']);
  assert.doesNotMatch(commands, /sysctl|setenforce|--no-sandbox/);
});

test('every job has a time limit', () => {
  for (const [name, job] of jobs) assert.ok(job['timeout-minutes'], name);
});

test('every npm script of the workflows exists', () => {
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

test('every other file of the workflows exists, and Playwright has a project for Electron', () => {
  const files = [...commands.matchAll(/\bnode (\S+\.ts)/g)].map(([, file = '']) => file);
  assert.ok(files.length > 0 && files.every((file) => existsSync(join(root, file))), files.join());
  const projects = [...commands.matchAll(/playwright test --project=(\S+)/g)].map(([, name]) => name);
  assert.deepEqual([...new Set(projects)], ['electron']);
  assert.match(read('playwright.config.ts'), /name: 'electron',/);
});

test('actions are pinned, and uploads match the names of the packages', () => {
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

test('commands read foreign input from the environment only', () => {
  assert.doesNotMatch(commands, /\$\{\{/);
});
