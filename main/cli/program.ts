import { Argument, Command, Option } from 'commander';
import type { AnyMethod, Topic } from '../../preload/contract/define.ts';
import type { MethodName, TopicName } from '../../preload/contract/index.ts';
import { fileFlagsOf } from './backupFiles.ts';
import { type CompletionShell, shells } from './completion/model.ts';
import { examplesOf } from './examples.ts';
import type { Field } from './fields.ts';
import { flagsOf, inputFrom, portFlag } from './flags.ts';

/** A method named on the command line, with what was given for it. */
export interface Wanted {
  readonly name: MethodName;
  readonly method: AnyMethod;
  readonly input: Readonly<Record<string, unknown>>;
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

export interface Actions {
  call(wanted: Wanted, common: Common): Promise<void>;
  serve(flags: ServeFlags): Promise<void>;
  window(flags: WindowFlags): Promise<void>;
  startEmpty(flags: Common): Promise<void>;
  completion(shell: CompletionShell): Promise<void>;
}

const topicSummaries: Readonly<Record<TopicName, string>> = {
  applications: 'Applications, each with up to two key sets',
  keys: 'Key sets: consumer key, consumer secret and what they may do',
  users: 'Users, whom user tokens belong to',
  scopes: 'Scopes, and the roles that may have them',
  tokens: 'Issue, list, explain and revoke tokens',
  devices: 'One token per device',
  snippets: 'Calls as commands to paste into a shell',
  endpoint: 'The local token endpoint',
  settings: 'Settings, the clock offset among them',
  audit: 'Decisions that changed nothing: reuses and refusals',
  backup: 'Encrypted backups, and moving to another machine',
  vault: 'What keeps the secrets: keychain or passphrase',
  doctor: 'Whether all is well: vault, database, ports, certificates, clock and disk',
  about: 'Version, data folder, and what Keyfob runs on',
};

/** Methods that go by the name of their topic. */
const byTopic: ReadonlySet<string> = new Set<MethodName>(['doctor.run']);

/** Flags of every command, before it or after it. */
const commonFlags = (): Option[] => [
  new Option('--json', 'print one JSON document, for programs'),
  new Option('--home <folder>', 'the data folder, instead of KEYFOB_HOME'),
];

/** Flags of commands that serve. */
const servingFlags = (): Option[] => [
  portFlag('--port', 'port of the HTTPS endpoint, 0 for any free one; the setting when left out'),
  portFlag('--http-port', 'port of plain HTTP beside it'),
  portFlag('--ui-port', 'port of the window; any free one when left out'),
  new Option('--quiet', 'no line per request on stderr'),
];

const completionHelp = `
Examples:
  source <(keyfob completion bash)
  keyfob completion zsh > ~/.zfunc/_keyfob    (a folder of fpath)
  keyfob completion fish > ~/.config/fish/completions/keyfob.fish`;

const programHelp = `
Exit codes: 0 done, 1 the call failed, 2 the command line is wrong.
Secrets of the vault are never flags: KEYFOB_PASSPHRASE, KEYFOB_NEW_PASSPHRASE and KEYFOB_RECOVERY_KEY hold them, and
KEYFOB_BACKUP_PASSPHRASE and KEYFOB_BACKUP_IDENTITY those of a backup; or the files that the same names with _FILE behind them name; else the terminal asks.`;

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

/** Adds the command of a method. Its flags come when it is the one wanted, as making them for all takes its time. */
function addMethod(topic: Command, name: string, method: AnyMethod, parts: ProgramParts): void {
  const isDefault = byTopic.has(`${topic.name()}.${name}`);
  const command = topic.command(name, { isDefault }).description(method.summary);
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
    return parts.actions.call({ name: fullName, method, input: inputFrom(fields, given), given }, given);
  });
}

/** The command line as commander parses it: a command per topic and method of `topics`, and those without a method. */
export function createProgram(parts: ProgramParts): Command {
  const { topics, version, actions } = parts;
  const program = new Command('keyfob')
    .description('Keeps consumer keys, mints OAuth2 tokens as WSO2 API Manager does, and serves them on this machine.')
    .version(version)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  withFlags(program, commonFlags());

  const serve = program
    .command('serve')
    .description('Serve the token endpoint until stopped; when ready, one line says where');
  withFlags(serve, [
    ...servingFlags(),
    new Option('--wait', 'where the vault cannot be opened here, wait until another command has made or opened it'),
    new Option('--no-window', 'serve no window'),
    ...commonFlags(),
  ]);
  serve.action(() => actions.serve(serve.optsWithGlobals()));

  const window = program
    .command('window')
    .description(
      'Show the window in a browser: that of the process that serves the data folder, or serve it until stopped',
    );
  withFlags(window, [...servingFlags(), new Option('--no-open', 'print the address only'), ...commonFlags()]);
  window.action(() => actions.window(window.optsWithGlobals()));

  const startEmpty = program
    .command('startEmpty')
    .description(
      'Begin with an empty data folder where vault or database is lost: applications, certificate authority and every token are gone; the remaining files are moved into a folder, never deleted',
    );
  withFlags(startEmpty, commonFlags());
  startEmpty.action(() => actions.startEmpty(startEmpty.optsWithGlobals()));

  for (const [topicName, methods] of Object.entries(topics)) {
    const summary = topicSummaries[topicName as TopicName];
    const topic = program.command(topicName).description(summary).helpCommand(false);
    for (const [name, method] of Object.entries(methods)) addMethod(topic, name, method, parts);
  }

  program
    .command('completion')
    .description('Print the completion script of a shell')
    .addArgument(new Argument('<shell>').choices(shells))
    .addHelpText('after', completionHelp)
    .action((shell: CompletionShell) => actions.completion(shell));
  program.addHelpText('after', programHelp);
  return program;
}
