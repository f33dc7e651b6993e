import { Argument, Command, CommanderError, Option } from 'commander';
import type { AnyMethod, Topic } from '../../../preload/contract/define.ts';
import type { MethodName, TopicName } from '../../../preload/contract/index.ts';
import { fileFlagsOf } from '../commands/files.ts';
import { type CompletionShell, shells } from '../completion/scripts.ts';
import { kebab } from '../text/kebab.ts';
import { examplesOf } from './examples.ts';
import type { Field } from './fields.ts';
import { flagsOf, inputFrom, isFromStdin, portFlag } from './flags.ts';

/** A method named on the command line, with what was given for it. */
export interface Wanted {
  readonly name: MethodName;
  readonly method: AnyMethod;
  readonly input: Readonly<Record<string, unknown>>;
  readonly fields: readonly Field[];
  /** All that was given, flags beside the contract's included. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** What was given for any command. */
export interface Common {
  readonly home?: string;
  readonly json?: boolean;
}

export interface ServeFlags extends Common {
  readonly port?: number;
  readonly httpPort?: number;
  readonly uiPort?: number;
  readonly quiet?: boolean;
  readonly wait?: boolean;
  readonly window?: boolean;
}

export interface WindowFlags extends ServeFlags {
  readonly open?: boolean;
}

export interface TrustFlags extends Common {
  readonly for?: string;
  readonly install?: boolean;
  readonly uninstall?: boolean;
}

export interface Actions {
  call(wanted: Wanted, common: Common): Promise<void>;
  serve(flags: ServeFlags): Promise<void>;
  window(flags: WindowFlags): Promise<void>;
  startEmpty(flags: Common): Promise<void>;
  completion(shell: CompletionShell): Promise<void>;
  trust(flags: TrustFlags): Promise<void>;
}

const topicSummaries: Readonly<Record<TopicName, string>> = {
  applications: 'Applications, each with up to two key sets',
  keys: 'Key sets: consumer key, consumer secret, grants and lifetimes',
  users: 'Users, the owners of user tokens',
  scopes: 'Scopes, and the roles that they need',
  tokens: 'Issue, list, explain and revoke tokens',
  devices: 'One token per device',
  snippets: 'Generate ready-to-run curl commands',
  endpoint: 'The local token endpoint',
  settings: 'Settings, including the clock offset',
  preferences: 'How the window looks, its shortcuts, and where it was left',
  audit: 'Log of reused tokens and refused requests',
  backup: 'Encrypted backups, and moving to another machine',
  vault: 'The vault that seals every secret: keychain or passphrase',
  doctor: 'Check vault, database, ports, certificates, clock and disk',
  about: 'Version, data folder, Node and keychain',
};

/** Topics that come first in the help. */
const coreTopics: ReadonlySet<string> = new Set<TopicName>([
  'applications',
  'keys',
  'users',
  'scopes',
  'tokens',
  'devices',
  'snippets',
  'endpoint',
]);
const core = 'Core commands:';
const additional = 'Additional commands:';

/** Flags of every command, before it or after it. */
const commonFlags = (): Option[] => [
  new Option('--json', 'print one JSON document, for programs'),
  new Option('--home <folder>', 'the data folder, instead of KEYFOB_HOME'),
];

/** Flags of commands that serve. */
const servingFlags = (): Option[] => [
  portFlag('--port', 'HTTPS port (0 = any free port; default: the setting)'),
  portFlag('--http-port', 'plain HTTP port, in addition to HTTPS'),
  portFlag('--ui-port', 'port of the window (0 = any free port; default: 8242, or a free one if that is taken)'),
  new Option('--quiet', 'print no line per request on stderr'),
];

const completionHelp = `
Examples:
  source <(keyfob completion bash)
  keyfob completion zsh > ~/.zfunc/_keyfob    (a folder of fpath)
  keyfob completion fish > ~/.config/fish/completions/keyfob.fish
  keyfob completion powershell | Out-String | Invoke-Expression
Names of applications, users, devices and scopes come from a running \`keyfob serve\` or window.`;

const trustHelp = `
Examples:
  keyfob endpoint trust
  keyfob endpoint trust --for java
  keyfob endpoint trust --install
  keyfob endpoint trust --install --for firefox`;

const programHelp = `
Run \`keyfob <command> <method> --help\` for usage and examples.
Exit codes: 0 done, 1 the call failed, 2 the command line is wrong.
Secrets of the vault are never flags. Set KEYFOB_PASSPHRASE, KEYFOB_NEW_PASSPHRASE, KEYFOB_RECOVERY_KEY,
KEYFOB_BACKUP_PASSPHRASE or KEYFOB_BACKUP_IDENTITY, or the same name with _FILE to a file that holds the secret.
On a terminal, Keyfob asks for what is missing.`;

const withoutAliases = (command: Command): string => {
  const words = command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`));
  return [command.name(), ...words].join(' ');
};

function usageOf(command: Command): string {
  const path: string[] = [];
  for (let one: Command | null = command; one !== null; one = one.parent) path.unshift(one.name());
  return `${path.join(' ')} ${command.usage()}`;
}

const withFlags = (command: Command, flags: readonly Option[]) => {
  for (const flag of flags) command.addOption(flag);
};

export interface ProgramParts {
  /** The topics to offer; with none, their schemas need not be loaded. */
  readonly topics: Readonly<Record<string, Topic>>;
  readonly fieldsOf: (method: AnyMethod) => readonly Field[];
  readonly version: string;
  readonly actions: Actions;
  /** Whether every command has its flags at once, rather than when it is called. */
  readonly complete?: boolean;
}

/** Commander checks this before it looks for unknown flags; a mistyped flag is the better thing to tell. */
function missingFlags(missing: readonly Field[]): CommanderError {
  const flags = missing.map(({ flag }) => `--${flag}`).join(' and ');
  const message = `${flags} ${missing.length > 1 ? 'are' : 'is'} missing.`;
  return new CommanderError(1, 'keyfob.missingFlags', message);
}

/** Adds the command of a method. Its flags come when it is the one wanted, as making them for all takes its time. */
function addMethod(topic: Command, name: string, method: AnyMethod, parts: ProgramParts): void {
  const command = topic.command(kebab(name), { hidden: method.internal }).description(method.summary);
  if (kebab(name) !== name) command.alias(name);
  let fields: readonly Field[] = [];
  const fill = () => {
    fields = parts.fieldsOf(method);
    const own = fileFlagsOf(`${topic.name()}.${name}`);
    withFlags(command, [...fields.flatMap(flagsOf), ...own, ...commonFlags()]);
    const examples = examplesOf(topic.name(), name, fields).map((example) => `  ${example}`);
    command.addHelpText('after', `\nExamples:\n${examples.join('\n')}`);
  };
  if (parts.complete) fill();
  else topic.hook('preSubcommand', (_topic, wanted) => (wanted === command ? fill() : undefined));
  command.action(() => {
    const given: Readonly<Record<string, unknown>> & Common = command.optsWithGlobals();
    const fullName = `${topic.name()}.${name}` as MethodName;
    const input = inputFrom(fields, given);
    const missing = fields.filter(
      (field) => field.required && field.secret !== 'new' && !(field.name in input) && !isFromStdin(field, given),
    );
    if (missing.length > 0) throw missingFlags(missing);
    return parts.actions.call({ name: fullName, method, input, fields, given }, given);
  });
}

/** `endpoint trust` runs programs of this machine, so it is no method of the contract. */
function addTrust(endpoint: Command, { actions }: ProgramParts): void {
  const trust = endpoint.command('trust').description('Show how programs trust the endpoint, or make them do so');
  withFlags(trust, [
    new Option('--for <program>', 'a program or system, like java, firefox or windows'),
    new Option('--install', 'add the certificate authority to the stores of this machine'),
    new Option('--uninstall', 'remove it from those stores').conflicts('install'),
    ...commonFlags(),
  ]);
  trust.addHelpText('after', trustHelp);
  trust.action(() => actions.trust(trust.optsWithGlobals()));
}

/** The command line as commander parses it: a command per topic and method of `topics`, and those without a method. */
export function createProgram(parts: ProgramParts): Command {
  const { topics, version, actions } = parts;
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

  const serve = program
    .command('serve')
    .helpGroup(core)
    .description('Serve the token endpoint until stopped, and say where when ready');
  withFlags(serve, [
    ...servingFlags(),
    new Option('--wait', 'if the vault cannot be opened here, wait until another command creates or opens it'),
    new Option('--no-window', 'serve no window'),
    ...commonFlags(),
  ]);
  serve.action(() => actions.serve(serve.optsWithGlobals()));

  const window = program
    .command('window')
    .helpGroup(core)
    .description(
      'Open the window in a browser: from the process that serves the data folder, or serve it until stopped',
    );
  withFlags(window, [...servingFlags(), new Option('--no-open', 'print the address only'), ...commonFlags()]);
  window.action(() => actions.window(window.optsWithGlobals()));

  const startEmpty = program
    .command('start-empty')
    .alias('startEmpty')
    .description(
      'Start with an empty data folder after the vault or the database was lost. Applications, certificate authority and tokens are gone; the remaining files are moved into a folder, not deleted',
    );
  withFlags(startEmpty, commonFlags());
  startEmpty.action(() => actions.startEmpty(startEmpty.optsWithGlobals()));

  for (const [topicName, methods] of Object.entries(topics)) {
    const summary = topicSummaries[topicName as TopicName];
    const group = coreTopics.has(topicName) ? core : additional;
    const topic = program.command(topicName).helpGroup(group).description(summary).helpCommand(false);
    for (const [name, method] of Object.entries(methods)) addMethod(topic, name, method, parts);
    if (topicName === 'endpoint') addTrust(topic, parts);
  }

  program
    .command('completion')
    .helpGroup(additional)
    .description('Print the completion script of a shell')
    .addArgument(new Argument('<shell>').choices(shells))
    .addHelpText('after', completionHelp)
    .action((shell: CompletionShell) => actions.completion(shell));
  // `expand` turns both into flags before anything is parsed; here they are for the help.
  program.command('version').helpGroup(additional).description('Print the version');
  program.command('help').helpGroup(additional).argument('[command...]').description('Show help for a command');
  program.addHelpText('after', programHelp);
  return program;
}
