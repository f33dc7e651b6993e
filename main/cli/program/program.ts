import { Command, CommanderError, Option } from 'commander';
import type { AnyMethod, Topic } from '../../../preload/contract/define.ts';
import type { MethodName } from '../../../preload/contract/index.ts';
import type { AnyTopicTraits } from '../methods/methodTraits.ts';
import type { FileTrait } from '../methods/traits.ts';
import { kebab } from '../text/kebab.ts';
import type { Actions, Common } from './actions.ts';
import { asFlags, defaultsOf } from './defaultFields.ts';
import { addEnvironmentCommands } from './environmentCommands.ts';
import { examplesOf } from './examples.ts';
import type { Field } from './fields.ts';
import { flagsOf, inputFrom, isFromStdin, positionalOf, withPositional } from './flags.ts';
import {
  addFollow,
  addHelpers,
  additionalGroup,
  addMainCommands,
  addTrust,
  commonFlags,
  coreGroup,
  withFlags,
} from './ownCommands.ts';

const programHelp = `
Examples:
  keyfob devices mint --application Shop --key-type PRODUCTION --user tester --device ipad
  keyfob serve --ephemeral --seed keyfob.yaml
  keyfob mcp --ephemeral --seed keyfob.yaml    (an MCP client starts it)

Run \`keyfob <command> <method> --help\` for usage and examples.
Exit codes: 0 done, 1 the call failed, 2 the command line is wrong.
Secrets of the vault are never flags. Set KEYFOB_PASSPHRASE, KEYFOB_NEW_PASSPHRASE, KEYFOB_RECOVERY_KEY,
KEYFOB_BACKUP_PASSPHRASE or KEYFOB_BACKUP_IDENTITY, or the same name with _FILE to a file that holds the secret.
A terminal prompts for missing secrets.
KEYFOB_APPLICATION, KEYFOB_KEY_TYPE and KEYFOB_USER are defaults of flags: see \`keyfob use --help\`.`;

const withoutAliases = (command: Command): string => {
  const words = command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`));
  return [command.name(), ...words].join(' ');
};

function usageOf(command: Command): string {
  const path: string[] = [];
  for (let one: Command | null = command; one !== null; one = one.parent) path.unshift(one.name());
  return `${path.join(' ')} ${command.usage()}`;
}

/** The methods to offer, with the traits of their topics. Empty for a command outside the contract. */
export interface Methods {
  readonly topics: Readonly<Record<string, Topic>>;
  readonly traits: Readonly<Record<string, AnyTopicTraits>>;
  readonly fieldsOf: (method: AnyMethod) => readonly Field[];
}

export interface ProgramParts extends Methods {
  readonly version: string;
  readonly actions: Actions;
  /** Adds the flags of all commands now. Otherwise a command gets its flags when it is called. */
  readonly complete?: boolean;
}

/** Commander checks this before unknown flags. A mistyped flag is the better error, so this check comes later. */
function missingFlags(missing: readonly Field[]): CommanderError {
  const flags = missing.map(({ flag }) => `--${flag}`).join(' and ');
  const message = `${flags} ${missing.length > 1 ? 'are' : 'is'} missing.`;
  return new CommanderError(1, 'keyfob.missingFlags', message);
}

/** Flags of a method that writes a file. The contract knows no files of this machine. */
const fileFlagsOf = (file: FileTrait | undefined): Option[] => {
  if (file === undefined || file.access === 'read') return [];
  const [flag, replaced] = file.access === 'writeFolder' ? ['--out', 'existing files'] : ['--file', 'an existing file'];
  const where =
    file.access === 'writeText'
      ? new Option(`${flag} <path>`, `where to write ${file.holds} (default: print it)`)
      : new Option(`${flag} <path>`, `where to write ${file.holds} (required)`).makeOptionMandatory();
  return [where, new Option('--overwrite', `replace ${replaced}`)];
};

/** A flag of a method that may open the browser. */
const browserFlagOf = (opensBrowser: true | undefined): Option[] =>
  opensBrowser ? [new Option('--no-browser', 'print the address of the sign-in instead of opening it')] : [];

/** Adds the command of a method. Creating the flags of all methods is slow, so only the called one gets them. */
function addMethod(
  topic: Command,
  topicName: string,
  [name, method]: readonly [string, AnyMethod],
  parts: ProgramParts,
): void {
  const { subjects = [], methods = {} } = parts.traits[topicName] ?? {};
  const traits = methods[name] ?? {};
  const { file, opensBrowser, examples: written } = traits;
  const command = topic.command(kebab(name), { hidden: method.internal }).description(method.summary);
  if (kebab(name) !== name) command.alias(name);
  if (name === 'read') command.alias('show');
  let fields: readonly Field[] = [];
  let positional: Field | undefined;
  const fill = () => {
    fields = parts.fieldsOf(method);
    const required = fields.filter((field) => field.required);
    [positional] = subjects.flatMap((name) => required.filter((field) => field.name === name));
    if (positional !== undefined) command.addArgument(positionalOf(positional));
    withFlags(command, [
      ...asFlags(fields, traits.named, positional).flatMap(flagsOf),
      ...fileFlagsOf(file),
      ...browserFlagOf(opensBrowser),
      ...commonFlags(),
    ]);
    const examples = examplesOf(`${topic.name()} ${kebab(name)}`, fields, { written, positional: positional?.name });
    command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`);
  };
  if (parts.complete) fill();
  else topic.hook('preSubcommand', (_topic, called) => (called === command ? fill() : undefined));
  command.action(() => {
    const common: Common = command.optsWithGlobals();
    // A list without a value is empty.
    const value: unknown = command.args.length === 0 ? undefined : command.processedArgs[0];
    const given = withPositional(positional, value, { ...common });
    const input = inputFrom(fields, given);
    const filled: readonly string[] = defaultsOf(fields, traits.named).required;
    const missing = fields.filter(
      (field) =>
        field.required &&
        field.secret !== 'new' &&
        !(field.name in input) &&
        !isFromStdin(field, given) &&
        !filled.includes(field.name),
    );
    if (missing.length > 0) throw missingFlags(missing);
    return parts.actions.call({ name: `${topicName}.${name}` as MethodName, method, input, fields, given }, common);
  });
}

/** The command line for commander: one command per topic and method, and the commands outside the contract. */
export function createProgram(parts: ProgramParts): Command {
  const { topics, traits, version, actions } = parts;
  const program = new Command('keyfob')
    .description('Keeps consumer keys, mints OAuth2 tokens as WSO2 API Manager does, and serves them on this machine.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .configureHelp({ subcommandTerm: withoutAliases, commandUsage: usageOf })
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  withFlags(program, commonFlags());
  addMainCommands(program, actions);
  addEnvironmentCommands(program, actions);
  for (const [name, methods] of Object.entries(topics)) {
    const { summary = '', group } = traits[name] ?? {};
    const topic = program
      .command(kebab(name))
      .helpGroup(group === 'core' ? coreGroup : additionalGroup)
      .description(summary)
      .helpCommand(false);
    if (kebab(name) !== name) topic.alias(name);
    for (const entry of Object.entries(methods)) addMethod(topic, name, entry, parts);
    if (name === 'endpoint') addTrust(topic, actions);
    if (name === 'requests') addFollow(topic, actions);
  }
  addHelpers(program, actions);
  program.addHelpText('after', programHelp);
  return program;
}
