import { type ErrorCode, KeyfobError } from '../../../preload/contract/errors.ts';
import type { ToolCall } from '../../../preload/contract/requests.ts';
import type { Caller, CallOptions } from '../../transport/reply.ts';
import { argumentsOf, schemaOf, secretFields } from './toolSchema.ts';
import type { Arguments, Tool } from './tools.ts';

/** The answer of a tool. An error is an answer too: the model reads it and tries again. */
export interface ToolAnswer {
  readonly isError: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface CallToolParts {
  readonly call: Caller;
  readonly allowSecrets: boolean;
  /** Gets errors that no input should cause, and those of writing the log. */
  readonly onError: (error: unknown) => void;
}

/** Members of answers that hold the values of tokens. */
const secretMembers: ReadonlySet<string> = new Set(['accessToken', 'refreshToken', 'idToken', 'shownOnce', 'last4']);

/** A copy without secrets. */
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => !secretMembers.has(name));
  return Object.fromEntries(members.map(([name, member]) => [name, withoutSecrets(member)]));
}

/** A copy with times as text: a model cannot read milliseconds since 1970. `issuedAtMs` becomes `issuedAt`. */
function withTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTimes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) =>
      typeof member === 'number' && /(?:^a|A)tMs$/.test(name)
        ? [name.slice(0, -2), new Date(member).toISOString()]
        : [name, withTimes(member)],
    ),
  );
}

/** Where the log shows an outcome as an HTTP status. */
const statuses: Partial<Record<ErrorCode, number>> = {
  bad_input: 400,
  not_found: 404,
  conflict: 409,
  vault_locked: 423,
  vault_none: 423,
  cancelled: 499,
  internal: 500,
  call_failed: 502,
};

/** The longest texts that the log takes. */
const longest = { name: 60, why: 4000, message: 100_000 };

const nameOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, longest.name) : undefined;

/** The log entry of a call. It holds no secret, even where the model gets them. */
function logged(tool: Tool, given: Arguments, body: ToolAnswer['body'], durationMs: number): ToolCall {
  const secret = secretFields(tool);
  const { properties } = schemaOf(tool);
  const shown = Object.entries(given).map(([name, value]) => {
    // A field that the tool does not have may hold anything.
    if (!Object.hasOwn(properties, name)) return [name, '••••'];
    if (!secret.includes(name)) return [name, value];
    return /^\d{1,15}$/.test(String(value)) ? [`${name}Id`, value] : [name, '••••'];
  });
  const { error, message } = body as { readonly error?: ErrorCode; readonly message?: string };
  const keyType = given.keyType === 'PRODUCTION' || given.keyType === 'SANDBOX' ? given.keyType : undefined;
  return {
    tool: tool.name,
    status: error === undefined ? 200 : (statuses[error] ?? 403),
    durationMs,
    sent: JSON.stringify(Object.fromEntries(shown)).slice(0, longest.message),
    answered: JSON.stringify(withoutSecrets(body)).slice(0, longest.message),
    application: nameOf(given.application),
    keyType,
    user: nameOf(given.username) ?? nameOf(given.user),
    device: nameOf(given.device),
    error,
    why: (message ?? (typeof body.why === 'string' ? body.why : undefined))?.slice(0, longest.why),
  };
}

/** What a person does about a vault that refuses. */
const hints: Partial<Record<ErrorCode, string>> = {
  vault_locked: ' Ask the person to unlock it in the window, or with `keyfob vault unlock`.',
  vault_none: ' Ask the person to create it in the window, or with `keyfob vault create`.',
};

const failure = ({ code, message, details: { fields, oauth } }: KeyfobError): ToolAnswer => ({
  isError: true,
  body: {
    error: code,
    message: message.includes('`') ? message : `${message}${hints[code] ?? ''}`,
    ...(fields && { fields }),
    ...(oauth && { oauth }),
  },
});

const unforeseen = new KeyfobError('internal', 'Keyfob failed in a way it did not foresee; please report it.');

/** Runs a tool, and adds the call to the request log. Answers with an error instead of rejecting. */
export async function callTool(
  tool: Tool,
  given: Arguments,
  options: CallOptions,
  { call, allowSecrets, onError }: CallToolParts,
): Promise<ToolAnswer> {
  const startedAtMs = performance.now();
  const answer = await run().catch((error: unknown) => {
    if (error instanceof KeyfobError) return failure(error);
    onError(error);
    return failure(unforeseen);
  });
  const entry = logged(tool, given, answer.body, performance.now() - startedAtMs);
  await call('requests.addToolCall', entry).catch(onError);
  return answer;

  async function run(): Promise<ToolAnswer> {
    const output = withTimes(await tool.run(argumentsOf(tool, given), { call, options }));
    return { isError: false, body: (allowSecrets ? output : withoutSecrets(output)) as ToolAnswer['body'] };
  }
}
