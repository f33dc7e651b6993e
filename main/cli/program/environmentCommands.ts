import { type Command, InvalidArgumentError, Option } from 'commander';
import type { KeyType } from '../../../preload/contract/values.ts';
import { environmentFormats } from '../../exports/variables/environment.ts';
import { type Actions, keyTypeNamed, keyTypes } from './actions.ts';
import { parseSeconds, shortFlags } from './flags.ts';
import { commonFlags, coreGroup, withFlags } from './ownCommands.ts';

const selectionFlag = (flag: string, value: string, description: string): Option =>
  new Option(`-${shortFlags[flag]}, --${flag} <${value}>`, description);

function parseKeyType(text: string): KeyType {
  const found = keyTypeNamed(text);
  if (found === undefined) throw new InvalidArgumentError(`Use one of ${keyTypes.join(', ')}.`);
  return found;
}

const keyTypeFlag = (description: string): Option =>
  selectionFlag('key-type', 'choice', description).choices(keyTypes).argParser(parseKeyType);

const applicationFlags = (): Option[] => [
  selectionFlag('application', 'text', 'name or id of the application (default: see `keyfob use`)'),
  keyTypeFlag('key type (default: see `keyfob use`)'),
  selectionFlag('user', 'text', "username or id of the user; '' for application tokens (default: see `keyfob use`)"),
];

const scopeFlag = (): Option => selectionFlag('scope', 'name...', 'scopes of the token');

const environmentFlags = (): Option[] => [
  ...applicationFlags(),
  selectionFlag('device', 'name...', 'devices that get a token: KEYFOB_ACCESS_TOKEN_<DEVICE>'),
  scopeFlag(),
  new Option('--no-token', 'issue no token'),
];

const tokenHelp = `
Examples:
  curl --cacert ca.pem -H "$(keyfob token --header)" https://localhost:8243/echo/1.0
  keyfob token -a Shop -u tester -d ipad
  keyfob token -a Shop -s read -s write --min-lifetime 5m

Prints the value and a line break, nothing else. A live token of the same tuple is printed again. Other processes of your
user can read the command lines of programs that get the value as an argument.`;

const environmentHelp = `
Examples:
  eval "$(keyfob env -a Shop)"
  keyfob env -a Shop -u tester -d ipad iphone --format dotenv > .env
  keyfob env --format github        (a step of GitHub Actions: masks the secrets, then writes to $GITHUB_ENV)
  keyfob env --format k8s | kubectl apply -f -

The output has the consumer secret and tokens. Set as variables, they are in /proc/<pid>/environ of each program that you
start, which your user and root can read.`;

const runHelp = `
Examples:
  keyfob run -a Shop -- npm test
  keyfob run -u tester -d ipad -- python3 client.py
  keyfob run --seed keyfob.yaml -- ./gradlew test

The program gets KEYFOB_TOKEN_URL, KEYFOB_BASE_URL, KEYFOB_CONSUMER_KEY, KEYFOB_CONSUMER_SECRET, KEYFOB_ACCESS_TOKEN and others:
the variables of \`keyfob env\`. Variables of Node, OpenSSL, curl, Python, Java and wget let it trust the endpoint, in
addition to the roots of this system. Nothing is installed, and the files are removed afterwards.
Its exit code is kept: 128 + n if signal n ended it, 127 if it does not exist.
Variables are in /proc/<pid>/environ of the program and its children, which your user and root can read.`;

const useHelp = `
Examples:
  keyfob use Shop --key-type SANDBOX --user tester
  keyfob use
  keyfob use --clear

A command that needs an application uses the first of: its flag, KEYFOB_APPLICATION, this default, the only application.
The same holds for key types (KEYFOB_KEY_TYPE) and users (KEYFOB_USER); those of this default count for its application.
Lists are never filtered by it. Deleting an application, and replacing or revoking its keys, need the names.`;

function addToken(program: Command, actions: Actions): void {
  const token = program
    .command('token')
    .helpGroup(coreGroup)
    .description('Print one access token, for scripts: of an application, or with --user of a user');
  withFlags(token, [
    ...applicationFlags(),
    selectionFlag('device', 'name', 'name of the device: the part after device_ in its scope'),
    scopeFlag(),
    new Option('--header', 'print a header: Authorization: Bearer …').conflicts(['env', 'json']),
    new Option('--env', 'print a line of a .env file: KEYFOB_ACCESS_TOKEN=…').conflicts('json'),
    new Option('--min-lifetime <time>', 'refuse a token that expires sooner, like 5m').argParser(parseSeconds),
    ...commonFlags(),
  ]);
  token.addHelpText('after', tokenHelp);
  token.action(() => actions.token(token.optsWithGlobals()));
}

function addEnv(program: Command, actions: Actions): void {
  const env = program
    .command('env')
    .helpGroup(coreGroup)
    .description('Print addresses, keys and a token as variables for another program');
  withFlags(env, [
    ...environmentFlags(),
    new Option('--format <choice>', 'the reader of the variables').choices(environmentFormats).default('shell'),
    ...commonFlags(),
  ]);
  env.addHelpText('after', environmentHelp);
  env.action(() => actions.env(env.optsWithGlobals()));
}

function addRun(program: Command, actions: Actions): void {
  const run = program
    .command('run')
    .helpGroup(coreGroup)
    .description('Run a program with addresses, keys and a token, so that it trusts the endpoint')
    .argument('<program...>', 'the program and its arguments, after --')
    .passThroughOptions();
  withFlags(run, [
    ...environmentFlags(),
    new Option('--seed <path>', 'serve this keyfob.yaml from a temporary folder while the program runs'),
    new Option('--no-trust', 'set no variables for certificates'),
    ...commonFlags(),
  ]);
  run.addHelpText('after', runHelp);
  run.action((words: readonly string[]) => actions.run(words, run.optsWithGlobals()));
}

function addUse(program: Command, actions: Actions): void {
  const use = program
    .command('use')
    .helpGroup(coreGroup)
    .description('Set or show the application, key type and user of commands that name none')
    .argument('[application]', 'name or id of the application');
  withFlags(use, [
    keyTypeFlag('key type of commands for this application'),
    selectionFlag('user', 'text', "username or id of the user of those commands; '' for none"),
    new Option('--clear', 'remove the defaults'),
    ...commonFlags(),
  ]);
  use.addHelpText('after', useHelp);
  use.action((application: string | undefined) => actions.use(application, use.optsWithGlobals()));
}

/** Adds the commands that hand tokens and keys to other programs. */
export function addEnvironmentCommands(program: Command, actions: Actions): void {
  addToken(program, actions);
  addEnv(program, actions);
  addRun(program, actions);
  addUse(program, actions);
}
