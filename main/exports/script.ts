import type { ExportedFile } from '../../preload/contract/exports.ts';
import type { SecretsMode, Shell } from '../../preload/contract/snippets.ts';
import type { ExportedDevice, ExportSet } from '../engine/ports/export.ts';
import type { RenderSnippet, SnippetModel } from '../engine/ports/snippet.ts';
import { tokenForm } from './form.ts';
import { tokenVariables } from './variables/secrets.ts';

/** The lines of a script around its commands. Device names need no quotes in any shell. */
interface ScriptStyle {
  /** The file name after its first word. */
  readonly ending: string;
  /** Enters the folder of the script, where `ca.pem` is. */
  readonly start: readonly string[];
  readonly end?: readonly string[];
  /** Reads the variables of `.env`, where the shell can. */
  readonly readEnv?: readonly string[];
  title(text: string): string;
  /** Copies a variable. */
  copy(from: string, to: string): string;
  /** Ends the line of a reply. */
  readonly newline: string;
  readonly lineEnd?: string;
  /** Before the first character of the file. */
  readonly mark?: string;
}

const powershell: ScriptStyle = {
  ending: '.ps1',
  start: ['if ($PSScriptRoot) { Push-Location -LiteralPath $PSScriptRoot } else { Push-Location }'],
  end: ['Pop-Location'],
  title: (text) => `'${text}'`,
  copy: (from, to) => `$env:${to} = $env:${from}`,
  newline: "''",
  // Windows PowerShell 5.1 reads a script without it in the code page of the system.
  mark: '\ufeff',
};

const cmd: ScriptStyle = {
  ending: '-cmd.txt',
  start: ['rem Paste into a cmd prompt, in the folder with ca.pem.'],
  title: (text) => `echo ${text}`,
  copy: (from, to) => `set "${to}=%${from}%"`,
  newline: 'echo.',
  lineEnd: '\r\n',
};

const styles: Readonly<Record<Shell, ScriptStyle>> = {
  bash: {
    ending: '.sh',
    readEnv: ['if [ -f .env ]; then set -a; . ./.env; set +a; fi'],
    start: ['#!/usr/bin/env bash', 'cd -- "$(dirname -- "$0")" || exit'],
    title: (text) => `echo '${text}'`,
    copy: (from, to) => `${to}="$${from}"`,
    newline: 'echo',
  },
  powershell,
  'powershell-5.1': powershell,
  cmd,
  batch: { ...cmd, ending: '.bat', start: ['@echo off', 'chcp 65001 >nul', 'cd /d "%~dp0"'] },
};

/** A script of these lines, which runs in its own folder. With `readsEnv`, it reads `.env` if its shell can. */
export const scriptFile = (name: string, shell: Shell, lines: readonly string[], readsEnv = false): ExportedFile => {
  const { start, end = [], ending, mark = '', lineEnd = '\n', readEnv = [] } = styles[shell];
  const text = [...start, ...(readsEnv ? readEnv : []), ...lines, ...end, ''].join('\n');
  return { name: `${name}${ending}`, text: mark + text.replaceAll('\n', lineEnd) };
};

/** The line that ends the line of a reply. */
export const newlineOf = (shell: Shell): string => styles[shell].newline;

const tokenCall = (set: ExportSet, device: ExportedDevice): SnippetModel => ({
  ...{ call: 'token', method: 'POST', url: set.tokenUrl, basic: set.basic },
  form: tokenForm(set, device),
  ...{ caFile: 'ca.pem', insecure: false, direct: true },
});

/** Instructions of one command that a script follows itself. */
export const isFollowed = (note: string): boolean =>
  /KEYFOB_ACCESS_TOKEN|Save a script file|Save the file as UTF-8|For (?:a batch file|the prompt) only/.test(note);

/** A script that requests the token of each device, and calls the API with it. */
export const writeScript = (
  set: ExportSet,
  shell: Shell,
  mode: SecretsMode,
  render: RenderSnippet,
): { readonly file: ExportedFile; readonly notes: readonly string[] } => {
  const style = styles[shell];
  const variables = tokenVariables(set, 'upper');
  const notes = new Set<string>();
  const command = (model: SnippetModel): string => {
    const { text, notes: own } = render(model, shell, mode);
    for (const note of own) if (!isFollowed(note)) notes.add(note);
    return text;
  };
  const lines = set.devices.flatMap((device, at) => [
    '',
    style.title(`${device.name}: token`),
    ...[command(tokenCall(set, device)), style.newline],
    style.title(`${device.name}: API`),
    ...(mode === 'env' ? [style.copy(variables[at] ?? '', 'KEYFOB_ACCESS_TOKEN')] : []),
    ...[command({ ...set.apiCall, bearer: device.token }), style.newline],
  ]);
  if (mode === 'env') notes.add(`Set ${variables[0]}${variables.length > 1 ? ' and so on' : ''} to the tokens first.`);
  return { file: scriptFile('calls', shell, lines), notes: [...notes] };
};
