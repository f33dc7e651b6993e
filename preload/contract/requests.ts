import { z } from 'zod';
import { control, read, scan } from './define.ts';
import { id, keyType, pageLimit, timeMs } from './values.ts';

/** One request to endpoint or gateway, or one tool call of a model, without secrets. */
export const loggedRequest = z.strictObject({
  sequence: id,
  atMs: timeMs,
  /** `mcp`: a model called the tool `path`. Absent for an HTTP request. */
  source: z.enum(['mcp']).optional(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  /** From the first byte of the headers to the answer; absent for malformed HTTP. */
  durationMs: z.number().min(0).optional(),
  /** The backend's part of it: from the forwarded headers to its response headers. */
  backendMs: z.number().min(0).optional(),
  clientId: z.string().optional(),
  grantType: z.string().optional(),
  application: z.string().optional(),
  keyType: keyType.optional(),
  user: z.string().optional(),
  device: z.string().optional(),
  /** Like `echo/1.0`. */
  api: z.string().optional(),
  /** The matched URI template. */
  resource: z.string().optional(),
  tokenId: id.optional(),
  error: z.string().optional(),
  errorDescription: z.string().optional(),
  /** The true reason as sentences for people; absent when it is unknown. */
  why: z.string().optional(),
  /** Whether the validation cache answered. */
  cached: z.boolean().optional(),
  /** The fault on purpose that shaped the reply. */
  fault: z.string().optional(),
  /** The names of secret parameters in the URL. */
  secretsInUrl: z.array(z.string()).optional(),
  /** Whether `read` can show headers and bodies: newer requests may have needed their space. */
  hasDetails: z.boolean().optional(),
  /** The foreign site whose page sent it. All requests of a site share one row, which shows the newest. */
  foreignSite: z.string().optional(),
  /** How many requests share this row. */
  count: z.int().optional(),
});
export type LoggedRequest = z.output<typeof loggedRequest>;

const header = z.strictObject({ name: z.string(), value: z.string() });

/** Headers and start of the body, with secrets masked. */
const message = z.strictObject({
  headers: z.array(header),
  /** Absent for none; masked text, or a sentence in parentheses about a body that cannot be shown. */
  body: z.string().optional(),
  /** Bytes of the whole body; absent when it is not known. */
  bodyBytes: z.int().optional(),
  /** Whether `body` is only the start. */
  truncated: z.boolean(),
});

/** A tool that a model called, for the log. Whoever runs the tool removes secrets first. */
export const toolCall = z.strictObject({
  tool: z.string().min(1).max(100).describe('name of the tool'),
  status: z.int().min(200).max(599).describe('result, as an HTTP status'),
  durationMs: z.number().min(0).describe('duration in milliseconds'),
  sent: z.string().max(100_000).describe('arguments, as JSON without secrets'),
  answered: z.string().max(100_000).describe('answer, as JSON without secrets'),
  application: z.string().max(100).optional().describe('application of the call'),
  keyType: keyType.optional(),
  user: z.string().max(200).optional().describe('user of the call'),
  device: z.string().max(60).optional().describe('device of the call'),
  error: z.string().max(60).optional().describe('error code'),
  why: z.string().max(4000).optional().describe('result as sentences for people'),
});
export type ToolCall = z.output<typeof toolCall>;

export const requestDetails = z.strictObject({
  request: loggedRequest,
  /** Path and query, with secrets masked. */
  target: z.string(),
  /** Whether it came by HTTPS. */
  secure: z.boolean(),
  sent: message,
  answered: message,
});
export type RequestDetails = z.output<typeof requestDetails>;

const sequence = z.strictObject({ sequence: id.describe('number of the request in the log') });

/** What `list`, `follow` and `exportHar` select. */
export const requestFilter = {
  search: z.string().max(200).describe('words in path, application, user, device, API or reason').default(''),
  outcome: z
    .enum(['all', 'ok', 'refused', 'failed'])
    .describe('all, or by status: below 400, 4xx, or 5xx')
    .default('all'),
  application: z.string().max(100).optional().describe('name of the application'),
  api: z.string().max(140).optional().describe('API, like echo/1.0'),
};

export const requests = {
  list: read(
    'List requests to endpoint and gateway, newest first',
    z.strictObject({
      ...requestFilter,
      before: id.optional().describe('only requests before this number'),
      after: z.int().min(0).optional().describe('only requests after this number'),
      limit: pageLimit,
    }),
    z.strictObject({ items: z.array(loggedRequest) }),
  ),
  read: read('Show one request: headers and bodies, with secrets masked', sequence, requestDetails),
  repeat: control('Send a logged request again, and show the new reply', sequence, requestDetails),
  addToolCall: control(
    'Add the tool call of a model to the log',
    toolCall,
    z.strictObject({ sequence: id }),
    // A call that a locked vault refused is in the log too.
    { whileLocked: true, internal: true },
  ),
  exportHar: scan(
    'Export logged HTTP requests as HAR 1.2, with secrets masked',
    z.strictObject({
      ...requestFilter,
      sequences: z
        .array(id)
        .max(5000, 'Name at most 5000 requests.')
        .optional()
        .describe('numbers of the requests (default: all that match)'),
    }),
    z.strictObject({ har: z.string(), requests: z.int() }),
  ),
  clear: control('Forget all logged requests', z.strictObject({}), z.strictObject({ forgotten: z.int() })),
};
