import { z } from 'zod';
import type { InputOf, OutputOf } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodName, MethodOf } from '../../../preload/contract/index.ts';
import type { Caller, CallOptions } from '../../transport/reply.ts';

/** The arguments of a tool: fields of its method, and its own. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Calls the contract for a tool, with its signal and its progress. */
export interface ToolContext {
  readonly call: Caller;
  readonly options: CallOptions;
}

/** A tool that a model can call. Its fields and their descriptions are those of a contract method. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  /** What it does, for a model. */
  readonly description: string;
  readonly method: MethodName;
  /** The fields of the method that it takes. */
  readonly fields: readonly string[];
  /** Fields of its own. */
  readonly own?: z.ZodObject;
  /** `destroys`: it revokes or expires for good. */
  readonly effect: 'reads' | 'changes' | 'destroys';
  /** The answer holds secrets, so it is offered with `--allow-secrets` only. */
  readonly needsSecrets?: true;
  readonly run: (given: Arguments, context: ToolContext) => Promise<unknown>;
}

interface Definition<N extends MethodName> extends Pick<Tool, 'title' | 'description' | 'effect' | 'needsSecrets'> {
  readonly fields: readonly (keyof InputOf<MethodOf<N>> & string)[];
  /** What the model gets of the output (default: everything). */
  readonly view?: (output: OutputOf<MethodOf<N>>) => unknown;
}

/** A tool that calls one method. */
const tool = <N extends MethodName>(name: string, method: N, { view, ...rest }: Definition<N>): Tool => ({
  ...rest,
  name,
  method,
  async run(given, { call, options }) {
    // The called process parses the input.
    const output = await call(method, given as InputOf<MethodOf<N>>, options);
    return view === undefined ? output : view(output);
  },
});

const selection = ['application', 'keyType', 'username'] as const;

const catalogue: readonly Tool[] = [
  tool('list_applications', 'applications.list', {
    title: 'List applications',
    description: 'List the applications, each with its owner and its numbers of keys and tokens.',
    effect: 'reads',
    fields: [],
  }),
  tool('list_keys', 'keys.list', {
    title: 'List keys',
    description:
      'List the key sets of applications: key type, consumer key, grant types, lifetimes and issue behaviour. Consumer secrets are not shown.',
    effect: 'reads',
    fields: ['application'],
  }),
  tool('list_users', 'users.list', {
    title: 'List users',
    description: 'List the users that a user token can belong to, with their roles. Passwords are not shown.',
    effect: 'reads',
    fields: [],
  }),
  tool('list_scopes', 'scopes.list', {
    title: 'List scopes',
    description: 'List the scopes, with the roles and APIs that restrict them.',
    effect: 'reads',
    fields: [],
  }),
  tool('list_apis', 'apis.list', {
    title: 'List APIs',
    description: 'List the APIs of the gateway. call_api calls them at /{context}/{version}/….',
    effect: 'reads',
    fields: [],
  }),
  tool('read_endpoint', 'endpoint.status', {
    title: 'Read endpoint status',
    description:
      'Tell whether the token endpoint runs, its addresses, and the file of the certificate authority that clients must trust.',
    effect: 'reads',
    fields: [],
  }),
];

const tokenTools: readonly Tool[] = [
  tool('issue_token', 'tokens.issue', {
    title: 'Issue token',
    description:
      'Issue an application token, or with a username a user token of that user. By default, a live token with the same scopes is returned again, as WSO2 API Manager does; `reused` and `why` say so.',
    effect: 'changes',
    fields: [...selection, 'scope', 'validitySeconds'],
  }),
  tool('mint_device_tokens', 'devices.mint', {
    title: 'Mint device tokens',
    description:
      'Mint one token per device name for a user, or without a username application tokens. The tokens differ, and each can be revoked alone.',
    effect: 'changes',
    fields: [...selection, 'device', 'scope'],
  }),
  tool('list_tokens', 'tokens.list', {
    title: 'List tokens',
    description: 'List tokens with state, scopes, device and expiry, newest first. All conditions must match.',
    effect: 'reads',
    fields: ['application', 'keyType', 'user', 'device', 'state', 'validity', 'scope', 'text', 'cursor', 'limit'],
  }),
  tool('explain_token', 'tokens.explain', {
    title: 'Explain token',
    description:
      'Explain a token: why it was issued or returned again, what happened to it since, and which other tokens share its application, user and scopes.',
    effect: 'reads',
    fields: ['token'],
    view: ({ token: explained, text, history, tuple, purged }) => ({
      explained,
      text,
      history: history.map(({ atMs, state, text: event }) => ({ atMs, state, event })),
      others: tuple.filter(({ id }) => id !== explained.id),
      purged,
    }),
  }),
  tool('revoke_token', 'tokens.revoke', {
    title: 'Revoke token',
    description: 'Revoke one token, access and refresh token together. This cannot be undone.',
    effect: 'destroys',
    fields: ['token'],
    view: ({ revoked, token: changed }) => ({ revoked, changed }),
  }),
  tool('expire_token', 'tokens.setExpiry', {
    title: 'Expire token',
    description: 'Set when a token expires: now, or in some seconds. Use it to test how an app handles expiry.',
    effect: 'destroys',
    fields: ['token', 'inSeconds'],
  }),
  tool('reveal_token', 'tokens.reveal', {
    title: 'Reveal token',
    description: 'Show the values of a token: access and refresh token.',
    effect: 'reads',
    needsSecrets: true,
    fields: ['token'],
  }),
];

const apiPath = z.strictObject({
  path: z
    .string()
    .regex(/^\/[^\s\\]*$/, 'The path starts with a slash and has no spaces, like /echo/1.0/hello.')
    .max(2000)
    .default('/echo/1.0/')
    .describe('path and query at the gateway: /{context}/{version}/…'),
});

/** Takes a path and no address: a program of this machine at another address could show the model its token. */
const callApi: Tool = {
  name: 'call_api',
  title: 'Call API',
  description:
    'Call an API through the gateway with a token that stays inside Keyfob, and show the reply and its true reason. Without `token`, the live token of application, user and device is used; issue one first.',
  effect: 'changes',
  method: 'snippets.run',
  fields: [...selection, 'device', 'scope', 'token', 'method'],
  own: apiPath,
  async run({ path, ...given }, { call, options }) {
    const { port } = await call('endpoint.status', {}, options);
    if (port === undefined) {
      throw new KeyfobError(
        'conflict',
        'The endpoint is stopped. Start it in the window, or run `keyfob endpoint start`.',
      );
    }
    const read = apiPath.safeParse({ path });
    if (!read.success) {
      const message = read.error.issues[0]?.message ?? '';
      throw new KeyfobError('bad_input', message, { fields: [{ path: 'path', message }] });
    }
    const url = `https://localhost:${port}${read.data.path}`;
    return await call('snippets.run', { ...given, call: 'api', url } as InputOf<MethodOf<'snippets.run'>>, options);
  },
};

const clockOf = (clockOffsetSeconds: number) => ({
  clockOffsetSeconds,
  tokenTimeAtMs: Date.now() + clockOffsetSeconds * 1000,
});

async function setClock(clockOffsetSeconds: number, { call, options }: ToolContext) {
  return clockOf((await call('settings.write', { clockOffsetSeconds }, options)).clockOffsetSeconds);
}

const offsetOf = async ({ call, options }: ToolContext): Promise<number> =>
  (await call('settings.read', {}, options)).clockOffsetSeconds;

const clockTools: readonly Tool[] = [
  {
    name: 'read_clock',
    title: 'Read clock',
    description: 'Show the time that rules the validity of tokens, and by how many seconds it differs from real time.',
    effect: 'reads',
    method: 'settings.read',
    fields: [],
    run: async (_given, context) => clockOf(await offsetOf(context)),
  },
  {
    name: 'move_clock',
    title: 'Move clock',
    description:
      'Move the time that rules the validity of tokens, so that tokens expire without waiting. Moves add up. Everybody who uses this Keyfob sees it; call reset_clock afterwards.',
    effect: 'changes',
    method: 'settings.write',
    fields: [],
    own: z.strictObject({
      seconds: z.int().describe('seconds to move it forward, or with a negative number back'),
    }),
    async run({ seconds }, context) {
      if (!Number.isInteger(seconds)) throw new KeyfobError('bad_input', 'seconds must be a whole number.');
      return await setClock((await offsetOf(context)) + Number(seconds), context);
    },
  },
  {
    name: 'reset_clock',
    title: 'Reset clock',
    description: 'Set the time of tokens back to real time.',
    effect: 'changes',
    method: 'settings.write',
    fields: [],
    run: (_given, context) => setClock(0, context),
  },
];

const requestTools: readonly Tool[] = [
  tool('list_requests', 'requests.list', {
    title: 'List requests',
    description:
      'List the requests that apps sent to endpoint and gateway, newest first, with status and true reason. Tool calls are in the list too, as method MCP.',
    effect: 'reads',
    fields: ['search', 'outcome', 'application', 'api', 'before', 'limit'],
  }),
  tool('read_request', 'requests.read', {
    title: 'Read request',
    description: 'Show headers and bodies of one request and its reply, with secrets masked.',
    effect: 'reads',
    fields: ['sequence'],
  }),
];

/** The tools of an MCP server. */
export const toolsFor = ({ allowSecrets }: { readonly allowSecrets: boolean }): readonly Tool[] =>
  [...catalogue, ...tokenTools, callApi, ...requestTools, ...clockTools].filter(
    ({ needsSecrets }) => allowSecrets || needsSecrets !== true,
  );
