import type { ExportedFile } from '../../preload/contract/exports.ts';
import { type SecretsMode, type Shell, type SnippetForm, shell } from '../../preload/contract/snippets.ts';
import type { SharedCall, WriteCall } from '../engine/ports/export.ts';
import type { RenderSnippet, SnippetText } from '../engine/ports/snippet.ts';
import { isFollowed, newlineOf, scriptFile } from './script.ts';

const shells: readonly string[] = shell.options;

/** How to run the file of each form. `env`: with the variables of `.env`. */
const runs: Readonly<Record<SnippetForm, { readonly file: string; readonly run: string; readonly env?: string }>> = {
  bash: { file: 'call.sh', run: 'bash call.sh', env: 'bash call.sh' },
  powershell: { file: 'call.ps1', run: 'pwsh -ExecutionPolicy Bypass -File call.ps1' },
  'powershell-5.1': { file: 'call-5.1.ps1', run: 'powershell -ExecutionPolicy Bypass -File call-5.1.ps1' },
  cmd: { file: 'call-cmd.txt', run: 'paste call-cmd.txt into a cmd prompt' },
  batch: { file: 'call.bat', run: 'call.bat' },
  httpie: { file: 'call-httpie.sh', run: 'bash call-httpie.sh', env: 'bash call-httpie.sh' },
  'python-requests': { file: 'call_requests.py', run: 'python3 call_requests.py' },
  'python-httpx': { file: 'call_httpx.py', run: 'python3 call_httpx.py' },
  node: { file: 'call.mjs', run: 'node call.mjs', env: 'node --env-file=.env call.mjs' },
  java: { file: 'Call.java', run: 'java Call.java' },
  csharp: { file: 'Program.cs', run: 'dotnet run, with Program.cs in a console project' },
  go: { file: 'call.go', run: 'go run call.go' },
  php: { file: 'call.php', run: 'php call.php' },
};

const isShell = (form: SnippetForm): form is Shell => shells.includes(form);

/** The file of one form. A shell's command is a script that runs in its own folder, where `ca.pem` is. */
const fileOf = (form: SnippetForm, text: string, mode: SecretsMode): ExportedFile => {
  const { file: name } = runs[form];
  if (form !== 'httpie' && !isShell(form)) return { name, text: `${text}\n` };
  const style = form === 'httpie' ? 'bash' : form;
  return { name, text: scriptFile('', style, [text, newlineOf(style)], mode === 'env').text };
};

const list = (names: readonly string[]): string => names.join(', ');

/** What to do with the secrets, as sentences. */
const secretLines = (
  mode: SecretsMode,
  forms: readonly SnippetForm[],
  { placeholders, variables }: { readonly placeholders: readonly string[]; readonly variables: readonly string[] },
): readonly string[] => {
  if (mode === 'real') {
    return [
      'SECRET: these files hold real secrets. Pass them on only where they are safe, and delete them afterwards.',
      ...(placeholders.length > 0 ? [`Replace ${list(placeholders)} first.`] : []),
    ];
  }
  if (mode === 'placeholder') return placeholders.length > 0 ? [`Replace ${list(placeholders)} first.`] : [];
  if (variables.length === 0) return [];
  const reads = forms.some((form) => runs[form].env !== undefined);
  const bySet = forms.filter((form) => runs[form].env === undefined).map((form) => runs[form].file);
  return [
    ...(reads ? ['Copy .env.example to .env and fill it in first.'] : []),
    ...(bySet.length > 0 ? [`Set the environment variables ${list(variables)} before ${list(bySet)}.`] : []),
  ];
};

/** Instructions of single commands that the folder does not follow itself. */
const restOf = (rendered: readonly SnippetText[]): readonly string[] => [
  ...new Set(
    rendered
      .flatMap(({ notes }) => notes)
      .filter((note) => !isFollowed(note) && !/^(?:Set|Replace) |Save it as|^For bash and zsh/.test(note)),
  ),
];

const write = (render: RenderSnippet, call: SharedCall, asked: readonly SnippetForm[], mode: SecretsMode) => {
  const { model, name, caPem, introduction, expiry } = call;
  const forms = [...new Set(asked)];
  const rendered = forms.map((form) => render(model, form, mode));
  const secrets = rendered[0]?.secrets ?? [];
  const unknown = secrets.filter(({ notKept }) => mode !== 'real' || notKept);
  const variables = [
    ...(model.caVariable === true ? ['KEYFOB_CA'] : []),
    ...(mode === 'env' ? secrets.map(({ variable }) => variable) : []),
  ];
  const needsVariables = mode === 'env' && variables.length > 0;
  const commands = forms.map((form) => (needsVariables ? (runs[form].env ?? runs[form].run) : runs[form].run));
  const notes = [
    ...introduction,
    `Run it in this folder: ${commands.join(' · ')}`,
    ...secretLines(mode, forms, { variables, placeholders: unknown.map(({ placeholder }) => placeholder) }),
    ...(caPem === undefined ? [] : ['ca.pem is the certificate that the command trusts. It is public.']),
    expiry,
    ...restOf(rendered),
  ];
  const containsSecrets = rendered.some((one) => one.containsSecrets);
  const files: ExportedFile[] = [
    ...rendered.map(({ text }, at) => fileOf(forms[at] ?? 'bash', text, mode)),
    ...(caPem === undefined ? [] : [{ name: 'ca.pem', text: caPem }]),
    ...(needsVariables ? [{ name: '.env.example', text: variables.map((one) => `${one}=\n`).join('') }] : []),
    { name: 'README.txt', text: `${notes.join('\n')}\n` },
  ];
  return { folder: `keyfob-${name}${containsSecrets ? '-with-secrets' : ''}`, files, notes, containsSecrets };
};

/** Creates the writer of single calls. Their commands come from `render`. */
export const createCallWriter =
  (render: RenderSnippet): WriteCall =>
  (call, forms, mode) =>
    write(render, call, forms, mode);
