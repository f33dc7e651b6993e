import type { SecretsMode, Shell, SnippetForm, SnippetSecret } from '../../preload/contract/snippets.ts';
import type { RenderSnippet, SnippetModel } from '../engine/ports/snippet.ts';
import { bash } from './bash.ts';
import { batch, cmd } from './cmd.ts';
import { writeCurl } from './curl.ts';
import type { Dialect } from './dialect.ts';
import { writeHttpie } from './httpie.ts';
import { csharp } from './languages/csharp.ts';
import { go } from './languages/go.ts';
import { java } from './languages/java.ts';
import type { Language } from './languages/language.ts';
import { node } from './languages/node.ts';
import { php } from './languages/php.ts';
import { writeProgram } from './languages/program.ts';
import { pythonHttpx, pythonRequests } from './languages/python.ts';
import { powershell, powershell51 } from './powershell.ts';
import { secretNames } from './secrets.ts';
import { caVariableName, trustFileOf } from './trustFile.ts';
import { collectSecrets, type UsedSecrets } from './usedSecrets.ts';

const dialects: Readonly<Record<Shell, Dialect>> = {
  bash,
  powershell,
  'powershell-5.1': powershell51,
  cmd,
  batch,
};

const languages: Readonly<Record<Exclude<SnippetForm, Shell | 'httpie'>, Language>> = {
  'python-requests': pythonRequests,
  'python-httpx': pythonHttpx,
  ...{ node, java, csharp, go, php },
};

/** A text, notes on it, and the command that sets a variable. */
interface Written {
  readonly text: string;
  readonly notes: readonly string[];
  readonly setVariable?: ((variable: string) => string) | undefined;
}

const isShell = (form: SnippetForm): form is Shell => form in dialects;

const write = (model: SnippetModel, form: SnippetForm, mode: SecretsMode, secrets: UsedSecrets): Written => {
  if (form === 'httpie') {
    const notes = ['For bash and zsh, with HTTPie 3.'];
    return { text: writeHttpie(model, mode, secrets), notes, setVariable: bash.setVariable };
  }
  if (!isShell(form)) return { text: writeProgram(model, languages[form], secrets), notes: [languages[form].note] };
  const dialect = dialects[form];
  const { text, encoded } = writeCurl(model, dialect, mode, secrets);
  return {
    text,
    notes: [
      ...(encoded.length > 0 ? [`Percent-encoded, because this shell could change it: ${encoded.join(', ')}.`] : []),
      ...dialect.remarks.filter(({ when }) => when.test(text)).map(({ note }) => note),
    ],
    setVariable: dialect.setVariable,
  };
};

const secretNote = (
  secret: SnippetSecret,
  mode: SecretsMode,
  setVariable: Written['setVariable'],
  whyUnknown: string | undefined,
) => {
  const { words, placeholder, variable } = secretNames[secret];
  const set =
    setVariable === undefined
      ? `Set the environment variable ${variable} to the ${words} first.`
      : `Set the ${words} first: ${setVariable(variable)}`;
  const todo = mode === 'env' ? set : `Replace ${placeholder} with the ${words}.`;
  return whyUnknown === undefined ? todo : `${todo} ${whyUnknown}`;
};

const caNote = (setVariable: Written['setVariable']): string =>
  setVariable === undefined
    ? `Set the environment variable ${caVariableName} to the path of the CA certificate first.`
    : `Set the path of the CA certificate first: ${setVariable(caVariableName)}`;

/**
 * Writes a call as a curl or HTTPie command, or as a program. curl's form values are readable (`-d`,
 * `--data-urlencode`) where the shell allows it, else percent-encoded. Under `placeholder` and `env` the text holds no
 * secret. Throws `bad_input` for a value that no command can hold.
 */
export const renderSnippet: RenderSnippet = (model, form, mode) => {
  const collected = collectSecrets(mode);
  const { text, notes, setVariable } = write(model, form, mode, collected);
  const { used, notKept } = collected;
  const toFillIn = [...used].filter((secret) => mode !== 'real' || notKept.has(secret));
  const file = trustFileOf(model);
  const whyUnknown = (secret: SnippetSecret) =>
    model.server === undefined ? secretNames[secret].unknown : `${model.server} issues it, so Keyfob does not have it.`;
  return {
    text,
    notes: [
      ...toFillIn.map((secret) =>
        secretNote(secret, mode, setVariable, notKept.has(secret) ? whyUnknown(secret) : undefined),
      ),
      ...(file !== undefined && 'variable' in file ? [caNote(setVariable)] : []),
      ...notes,
    ],
    containsSecrets: mode === 'real' && used.size > notKept.size,
    secrets: [...used].map((secret) => {
      const { words, placeholder, variable } = secretNames[secret];
      return { secret, words, placeholder, variable, ...(notKept.has(secret) && { notKept: true as const }) };
    }),
  };
};
