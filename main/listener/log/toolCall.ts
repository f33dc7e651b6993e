import type { ToolCall } from '../../../preload/contract/requests.ts';
import type { SeenReply, SeenRequest } from './seen.ts';

const json = ['Content-Type', 'application/json'];

/** A tool call of a model in the form of an HTTP request, so that one log and one screen show both. */
export const seenToolCall = (call: ToolCall): [SeenRequest, SeenReply] => {
  const { tool, status, durationMs, sent, answered, application, keyType, user, device, error, why } = call;
  return [
    {
      source: 'mcp',
      method: 'MCP',
      path: tool,
      startedAtMs: performance.now() - durationMs,
      request: { url: tool, rawHeaders: json, complete: true, socket: {}, start: undefined },
      body: Buffer.from(sent),
      replyHeaders: json,
    },
    {
      status,
      error,
      body: Buffer.from(answered),
      facts: { application, keyType, user, device },
      ...(why !== undefined && { why: () => why }),
    },
  ];
};
