// The Model Context Protocol over HTTP: one address, one message in, one answer out; no session, no stream.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { refusalOf } from '../../web/errors.tsx';
import { urls } from '../../web/urls.ts';
import { callTool, isTool, listTools, type ReadDocument } from './service.ts';

export type McpRoutesOptions = {
  readonly contextOf: ContextOf;
  readonly publicUrl: string;
  siteName(): Promise<string>;
};

/** Messages of one request: clients of the first protocol send several at once. */
const mostMessages = 10;

/** Hundreds of modules: loaded when somebody asks, not at the start. */
const loadSdk = async () => {
  const [{ Server }, { WebStandardStreamableHTTPServerTransport }, types] = await Promise.all([
    import('@modelcontextprotocol/sdk/server/index.js'),
    import('@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'),
    import('@modelcontextprotocol/sdk/types.js'),
  ]);
  return { Server, WebStandardStreamableHTTPServerTransport, types };
};

export async function mcpRoutes(server: FastifyInstance, options: McpRoutesOptions): Promise<void> {
  const read: ReadDocument = async (path) => {
    const answer = await server.inject({ url: path, headers: { accept: 'application/json' } });
    return answer.json();
  };
  server.post(urls.mcp(), { schema: { hide: true } }, async (request, reply) => {
    if (Array.isArray(request.body) && request.body.length > mostMessages)
      throw new TerroirError('mcp.tooManyMessages', { max: mostMessages });
    const mcp = await openServer(request, options, read);
    try {
      await mcp.server.connect(mcp.transport);
      const asked = new Request(new URL(request.url, options.publicUrl), {
        method: 'POST',
        headers: headersOf(request),
      });
      return await answerWith(reply, await mcp.transport.handleRequest(asked, { parsedBody: request.body }));
    } finally {
      await mcp.server.close();
    }
  });
  // A stream that the server would open, a session that it would end: there is neither.
  for (const method of ['GET', 'DELETE'] as const)
    server.route({
      method,
      url: urls.mcp(),
      schema: { hide: true },
      handler: async (_request, reply) => {
        reply.header('allow', 'POST');
        throw new TerroirError('mcp.postOnly', { url: options.publicUrl + urls.mcp() });
      },
    });
}

async function openServer(request: FastifyRequest, options: McpRoutesOptions, read: ReadDocument) {
  const { Server, WebStandardStreamableHTTPServerTransport, types } = await loadSdk();
  const { voice } = request;
  const { publicUrl } = options;
  const site = await options.siteName();
  const server = new Server(
    { name: 'terroir', title: site, version: '1.0.0', websiteUrl: publicUrl },
    { capabilities: { tools: {} }, instructions: voice.say('mcp.instructions', { site, url: publicUrl }) },
  );
  server.setRequestHandler(types.ListToolsRequestSchema, () => ({ tools: listTools() }));
  server.setRequestHandler(types.CallToolRequestSchema, async ({ params }) => {
    if (!isTool(params.name))
      throw new types.McpError(types.ErrorCode.InvalidParams, `Unknown tool: ${params.name.slice(0, 100)}`);
    const context = await options.contextOf(request);
    try {
      const answer = await callTool(params.name, params.arguments ?? {}, { context, voice, publicUrl, read });
      if ('refusal' in answer) return { isError: true, content: [{ type: 'text' as const, text: answer.refusal }] };
      return { content: [{ type: 'text' as const, text: answer.text }], structuredContent: { ...answer.data } };
    } catch (error) {
      // The reader is given the reference under which it was noted, never what it was.
      throw new types.McpError(types.ErrorCode.InternalError, refusalOf(error, context.log).message);
    }
  });
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  return { server, transport };
}

function headersOf({ headers }: FastifyRequest): Headers {
  const given = new Headers();
  for (const name of ['accept', 'content-type', 'mcp-protocol-version', 'last-event-id']) {
    const value = headers[name];
    if (typeof value === 'string') given.set(name, value);
  }
  return given;
}

async function answerWith(reply: FastifyReply, answer: Response): Promise<FastifyReply> {
  reply.code(answer.status).header('cache-control', 'no-store');
  const type = answer.headers.get('content-type');
  if (type !== null) reply.type(type);
  const body = await answer.text();
  return body === '' ? reply.send() : reply.send(body);
}
