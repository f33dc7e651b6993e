import { ProtocolError, ProtocolErrorCode, Server, type ServerContext } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { didYouMean } from '../../../preload/contract/similar.ts';
import { note } from '../../cli/output/report.ts';
import type { CallOptions } from '../../transport/reply.ts';
import { type CallToolParts, callTool } from './callTool.ts';
import { schemaOf } from './toolSchema.ts';
import { type Tool, toolsFor } from './tools.ts';

export interface ToolServerParts extends CallToolParts {
  readonly version: string;
}

const instructions = (allowSecrets: boolean): string =>
  [
    'Keyfob is a key manager on this machine. It issues OAuth2 tokens as WSO2 API Manager does, and replaces its API gateway for tests.',
    'Start with list_applications, list_keys and list_users. Issue a token with issue_token or mint_device_tokens, and call an API with call_api.',
    'A request was refused: list_requests and explain_token tell the true reason. To test expiry, use expire_token or move_clock.',
    allowSecrets
      ? 'Answers hold the values of tokens. Treat them as secrets.'
      : 'Answers never hold the values of tokens: name a token by its id. Only a person can allow that, with --allow-secrets.',
    'A person sees each tool call in the Requests screen of Keyfob.',
  ].join(' ');

/** A tool in the form of `tools/list`. https://modelcontextprotocol.io/specification/2025-06-18/server/tools */
const listed = (tool: Tool) => ({
  name: tool.name,
  title: tool.title,
  description: tool.description,
  inputSchema: schemaOf(tool),
  annotations: {
    title: tool.title,
    readOnlyHint: tool.effect === 'reads',
    destructiveHint: tool.effect === 'destroys',
    idempotentHint: tool.effect === 'reads' || tool.name === 'reset_clock',
    openWorldHint: tool.name === 'call_api',
  },
});

const optionsOf = ({ mcpReq: { signal, notify, _meta } }: ServerContext): CallOptions => {
  const progressToken = _meta?.progressToken;
  return {
    signal,
    ...(progressToken !== undefined && {
      onProgress({ done, total }) {
        // The client may be gone, and then its answer is lost as well.
        notify({ method: 'notifications/progress', params: { progressToken, progress: done, total } }).catch(() => {});
      },
    }),
  };
};

/** Speaks MCP on stdin and stdout until stdin ends. Gives a function that stops it. */
export function serveTools(parts: ToolServerParts): () => Promise<void> {
  const { version, allowSecrets } = parts;
  const tools = toolsFor(parts);
  const handle = serveStdio(
    () => {
      const server = new Server(
        { name: 'keyfob', title: 'Keyfob', version },
        { capabilities: { tools: {} }, instructions: instructions(allowSecrets) },
      );
      server.setRequestHandler('tools/list', () => ({ tools: tools.map(listed) }));
      server.setRequestHandler('tools/call', async ({ params }, context) => {
        const tool = tools.find(({ name }) => name === params.name);
        if (tool === undefined) {
          const names = tools.map(({ name }) => name);
          const message = `No tool named ${JSON.stringify(params.name.slice(0, 60))}.${didYouMean(params.name, names)}`;
          throw new ProtocolError(ProtocolErrorCode.InvalidParams, message);
        }
        const { isError, body } = await callTool(tool, params.arguments ?? {}, optionsOf(context), parts);
        return { content: [{ type: 'text', text: JSON.stringify(body) }], structuredContent: { ...body }, isError };
      });
      return server;
    },
    { onerror: () => note('Ignored an MCP message that is not valid.') },
  );
  return handle.close;
}
