import { Argument, type Command, Option } from 'commander';
import { type Actions, type CompletionShell, shells } from './actions.ts';
import { portFlag } from './flags.ts';

/** Commands outside the contract. They run without loading it, so they start faster. */
export const ownCommands: readonly string[] = [
  ...['serve', 'window', 'mcp', 'token', 'env', 'run', 'use'],
  ...['health', 'start-empty', 'completion', 'schema'],
];

/** Methods that look like those of a topic, but run programs of this machine, or do not end. */
export const ownMethods: Readonly<Record<string, readonly string[]>> = {
  endpoint: ['trust'],
  requests: ['follow'],
};

/** The readiness check of an endpoint on its usual port. */
export const healthUrl = 'https://127.0.0.1:8243/-/ready';

export const coreGroup = 'Core commands:';
export const additionalGroup = 'Additional commands:';

/** The flags of every command, before it or after it. */
export const commonFlags = (): Option[] => [
  new Option('--json', 'print one JSON document, for programs'),
  new Option('--home <folder>', 'the data folder (default: KEYFOB_HOME)'),
];

const servingFlags = (): Option[] => [
  portFlag('--port', 'HTTPS port (0 = any free port; default: the setting)'),
  portFlag('--http-port', 'plain HTTP port, in addition to HTTPS'),
  portFlag('--ui-port', 'port of the window (0 = any free port; default: 8242, or a free one if that is taken)'),
  new Option('--quiet', 'do not print requests on stderr'),
];

const completionHelp = `
Examples:
  source <(keyfob completion bash)
  keyfob completion zsh > ~/.zfunc/_keyfob    (a folder of fpath)
  keyfob completion fish > ~/.config/fish/completions/keyfob.fish
  keyfob completion powershell | Out-String | Invoke-Expression
A running \`keyfob serve\` or window completes names of applications, users, devices and scopes.`;

const trustHelp = `
Examples:
  keyfob endpoint trust
  keyfob endpoint trust --for java
  keyfob endpoint trust --for java --write truststore.p12
  keyfob endpoint trust --install
  keyfob endpoint trust --install --for firefox`;

const logForms = ['text', 'json', 'none'];
const outcomes = ['all', 'ok', 'refused', 'failed'];

const followHelp = `
Examples:
  keyfob requests follow
  keyfob requests follow --outcome refused --application Shop
  keyfob requests follow --json | jq .why`;

export const withFlags = (command: Command, flags: readonly Option[]): void => {
  for (const flag of flags) command.addOption(flag);
};

function addServe(program: Command, actions: Actions): void {
  const serve = program
    .command('serve')
    .helpGroup(coreGroup)
    .description('Serve the token endpoint until stopped, and print its address when ready');
  withFlags(serve, [
    ...servingFlags(),
    new Option('--wait', 'if the vault is missing or locked, wait until another command creates or unlocks it'),
    new Option('--no-window', 'serve no window'),
    new Option('--seed <path>', 'apply this keyfob.yaml before the first request'),
    new Option('--ephemeral', 'serve from a temporary folder with a random key, gone at the end; no window'),
    new Option('--host <address>', 'with --ephemeral: listen on this address too, like 0.0.0.0'),
    new Option('--name <name...>', 'with --ephemeral: answer to this name too, like the service of a container'),
    new Option('--ca-file <path>', 'also write the certificate authority to this file'),
    new Option('--ca-out <folder>', 'also write ca.pem, bundle.pem, truststore.p12 and keyfob.env to this folder'),
    new Option('--log <form>', 'log of requests: text on stderr, json on stdout, or none').choices(logForms),
    ...commonFlags(),
  ]);
  serve.action(() => actions.serve(serve.optsWithGlobals()));
}

const mcpHelp = `
Examples:
  keyfob mcp
  keyfob mcp --ephemeral --seed keyfob.yaml
  keyfob mcp --allow-secrets
An MCP client starts it and calls its tools. The Requests screen shows each call.`;

function addMcp(program: Command, actions: Actions): void {
  const mcp = program
    .command('mcp')
    .helpGroup(coreGroup)
    .description('Let a model use Keyfob: serve MCP tools on standard input and output');
  withFlags(mcp, [
    new Option('--allow-secrets', 'show the values of tokens to the model'),
    new Option('--ephemeral', 'use a temporary folder with a random key, gone at the end'),
    new Option('--seed <path>', 'with --ephemeral: apply this keyfob.yaml first'),
    portFlag('--port', 'with --ephemeral: HTTPS port (default: any free port)'),
    new Option('--home <folder>', 'the data folder (default: KEYFOB_HOME)'),
  ]);
  mcp.addHelpText('after', mcpHelp);
  mcp.action(() => actions.mcp(mcp.optsWithGlobals()));
}

function addHealth(program: Command, actions: Actions): void {
  const health = program
    .command('health')
    .helpGroup(additionalGroup)
    .description('Check that the endpoint answers requests. Exit code 0: ready, 1: not ready');
  withFlags(health, [new Option('--url <address>', `address to check (default: ${healthUrl})`)]);
  health.action(() => actions.health(health.opts()));
}

function addWindow(program: Command, actions: Actions): void {
  const window = program
    .command('window')
    .helpGroup(coreGroup)
    .description('Open the window in a browser. If no process serves the data folder, serve it until stopped');
  withFlags(window, [...servingFlags(), new Option('--no-open', 'only print the address'), ...commonFlags()]);
  window.action(() => actions.window(window.optsWithGlobals()));
}

function addStartEmpty(program: Command, actions: Actions): void {
  const startEmpty = program
    .command('start-empty')
    .alias('startEmpty')
    .helpGroup(additionalGroup)
    .description(
      'Start with an empty data folder after the vault or the database was lost. Applications, certificate authority and tokens are gone; the remaining files are moved into a folder, not deleted',
    );
  withFlags(startEmpty, commonFlags());
  startEmpty.action(() => actions.startEmpty(startEmpty.optsWithGlobals()));
}

/** Adds the commands for people that come before the topics in the help. */
export function addMainCommands(program: Command, actions: Actions): void {
  addServe(program, actions);
  addWindow(program, actions);
  addMcp(program, actions);
  addHealth(program, actions);
  addStartEmpty(program, actions);
}

/** Adds `endpoint trust`. */
export function addTrust(endpoint: Command, actions: Actions): void {
  const trust = endpoint
    .command('trust')
    .description('Show how programs trust the endpoint, or add it to their stores');
  withFlags(trust, [
    new Option('--for <program>', 'a program or system, like java, firefox or windows'),
    new Option('--install', 'add the certificate authority to the stores of this machine'),
    new Option('--uninstall', 'remove it from those stores').conflicts('install'),
    new Option('--write <path>', 'with --for java: write a trust store with it and the roots of this system').conflicts(
      ['install', 'uninstall'],
    ),
    new Option('--overwrite', 'with --write: replace an existing file'),
    ...commonFlags(),
  ]);
  trust.addHelpText('after', trustHelp);
  trust.action(() => actions.trust(trust.optsWithGlobals()));
}

/** Adds `requests follow`. */
export function addFollow(requests: Command, actions: Actions): void {
  const follow = requests.command('follow').description('Print each request as it is answered, until Ctrl+C');
  withFlags(follow, [
    new Option('--search <text>', 'words in path, application, user, device, API or reason'),
    new Option('--outcome <choice>', 'all, or by status: below 400, 4xx, or 5xx').choices(outcomes),
    new Option('--application <text>', 'name of the application'),
    new Option('--api <text>', 'API, like echo/1.0'),
    ...commonFlags().filter(({ long }) => long !== '--json'),
    new Option('--json', 'print one JSON document a line, for programs'),
  ]);
  follow.addHelpText('after', followHelp);
  follow.action(() => actions.follow(follow.optsWithGlobals()));
}

/** Adds the commands about the command line itself. */
export function addHelpers(program: Command, actions: Actions): void {
  program
    .command('completion')
    .helpGroup(additionalGroup)
    .description('Print the completion script of a shell')
    .addArgument(new Argument('<shell>').choices(shells))
    .addHelpText('after', completionHelp)
    .action((shell: CompletionShell) => actions.completion(shell));
  program
    .command('schema')
    .helpGroup(additionalGroup)
    .description('Print the JSON Schema of keyfob.yaml, for editors')
    .action(() => actions.schema());
  // `expand` turns these into other words before parsing. Here they only appear in the help.
  program
    .command('apply')
    .helpGroup(coreGroup)
    .description('Create and change what a keyfob.yaml describes: `keyfob apply -f keyfob.yaml`');
  program
    .command('export')
    .helpGroup(coreGroup)
    .description('Describe everything but tokens as a keyfob.yaml: `keyfob export > keyfob.yaml`');
  program
    .command('import')
    .helpGroup(coreGroup)
    .description('Import an application of API Manager or an API client: `keyfob import admin_Shop.zip --preview`');
  program.command('version').helpGroup(additionalGroup).description('Print the version');
  program.command('help').helpGroup(additionalGroup).argument('[command...]').description('Show help for a command');
}
