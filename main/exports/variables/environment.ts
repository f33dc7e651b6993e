import { KeyfobError } from '../../../preload/contract/errors.ts';
import { yamlText } from '../yaml.ts';
import { envLine } from './env.ts';
import type { Variable } from './variables.ts';

/** The readers of environments that Keyfob writes. */
export const environmentFormats = [
  'dotenv',
  'shell',
  'fish',
  'powershell',
  'cmd',
  'json',
  'github',
  'k8s',
  'docker',
] as const;
export type EnvironmentFormat = (typeof environmentFormats)[number];

/** The parts of an environment. The formats of a shell or a file are one text; others need more. */
export interface WrittenEnvironment {
  readonly text: string;
  /** Lines for the log of a job of GitHub Actions, before anything prints a value. */
  readonly masks: readonly string[];
}

export interface EnvironmentContext {
  /** Names the objects of Kubernetes. */
  readonly application: string;
  readonly caPem: string;
  /** A text that no value contains, for GitHub's multi-line values. */
  readonly delimiter: string;
}

/** Throws `bad_input` for a value that a format cannot hold. */
const demandNone = (pattern: RegExp, what: string, { name, value }: Variable, format: EnvironmentFormat): void => {
  if (!pattern.test(value)) return;
  throw new KeyfobError(
    'bad_input',
    `${name} has ${what}, which the format ${format} cannot hold. Choose another --format.`,
  );
};

/** Single quotes keep every character in POSIX shells. */
const shell = ({ name, value }: Variable): string => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`;

const fish = ({ name, value }: Variable): string => `set -gx ${name} '${value.replace(/[\\']/g, '\\$&')}'\n`;

/** PowerShell reads typographic single quotes as `'` too (about_Quoting_Rules). */
const powershell = ({ name, value }: Variable): string => `$env:${name} = '${value.replace(/['‘’‚‛]/g, '$&$&')}'\n`;

/** A line of a batch file. */
const cmd = (variable: Variable): string => {
  demandNone(/["\r\n]/, 'a double quote or a line break', variable, 'cmd');
  return `set "${variable.name}=${variable.value.replaceAll('%', '%%')}"\r\n`;
};

/** `docker run --env-file` keeps quotes, and has no escape for a line break. */
const docker = (variable: Variable): string => {
  demandNone(/[\r\n]/, 'a line break', variable, 'docker');
  return `${variable.name}=${variable.value}\n`;
};

const github = ({ name, value }: Variable, delimiter: string): string =>
  `${name}<<${delimiter}\n${value}\n${delimiter}\n`;

/** Each line of a value is masked, as the log masks line by line. */
const mask = ({ value }: Variable): readonly string[] =>
  value
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => `::add-mask::${line.replaceAll('%', '%25').replaceAll('\r', '%0D')}\n`);

/** A name for an object of Kubernetes (https://www.rfc-editor.org/rfc/rfc1123#section-2). */
const objectName = (application: string): string =>
  `keyfob-${application.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.slice(0, 60).replace(/-+$/, '');

/** A Secret, and a ConfigMap with the authority. */
const manifest = (variables: readonly Variable[], { application, caPem }: EnvironmentContext): string => {
  const name = objectName(application);
  // A path of this machine leads nowhere in a cluster.
  const entries = variables.filter((variable) => variable.name !== 'KEYFOB_CA');
  const stringData = Object.fromEntries(entries.map((entry) => [entry.name, entry.value]));
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name }, type: 'Opaque', stringData };
  const authority = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-ca` } };
  return `${yamlText(secret)}---\n${yamlText({ ...authority, data: { 'ca.crt': caPem } })}`;
};

/**
 * Writes variables so that their reader gets the same values. No shell runs or expands a part of one. Throws `bad_input` for a
 * value that the format cannot hold.
 */
export function writeEnvironment(
  variables: readonly Variable[],
  format: EnvironmentFormat,
  context: EnvironmentContext,
): WrittenEnvironment {
  const lines = (line: (variable: Variable) => string) => ({ text: variables.map(line).join(''), masks: [] });
  switch (format) {
    case 'dotenv':
      return lines(({ name, value }) => envLine(name, value));
    case 'shell':
      return lines(shell);
    case 'fish':
      return lines(fish);
    case 'powershell':
      return lines(powershell);
    case 'cmd':
      return lines(cmd);
    case 'docker':
      return lines(docker);
    case 'json': {
      const object = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
      return { text: `${JSON.stringify(object, null, 2)}\n`, masks: [] };
    }
    case 'k8s':
      return { text: manifest(variables, context), masks: [] };
    case 'github':
      return {
        text: variables.map((variable) => github(variable, context.delimiter)).join(''),
        masks: variables.filter(({ secret }) => secret).flatMap(mask),
      };
  }
}
