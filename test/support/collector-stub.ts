import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { portOf, readBody, startServer } from './provider-stub.js';

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number };
}

/** A span as OTLP/HTTP sends it in JSON. */
interface SentSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  attributes: Attribute[];
  status: { code: number };
}

interface SentTraces {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: SentSpan[] }[] }[];
}

/** A span as tests read it. */
export interface CollectedSpan {
  service: unknown;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startedAt: string;
  attributes: Record<string, unknown>;
  failed: boolean;
}

/** A collector of traces over OTLP/HTTP. */
export class CollectorStub {
  readonly spans: CollectedSpan[] = [];
  /** The bodies of all requests, one after another. */
  text = '';
  /** The `authorization` of the latest request. */
  authorization: string | undefined;

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => void this.receive(request, response));
  }

  static async start(): Promise<CollectorStub> {
    return new CollectorStub(await startServer());
  }

  get url(): string {
    return `http://127.0.0.1:${portOf(this.server)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Returns a trace as lines, a child below its parent and indented, in the order of their starts. */
  tree(traceId: string, parentSpanId?: string, indent = ''): string[] {
    return this.spans
      .filter((span) => span.traceId === traceId && span.parentSpanId === parentSpanId)
      .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
      .flatMap(({ service, name, spanId }) => [
        `${indent}${name} (${String(service)})`,
        ...this.tree(traceId, spanId, `${indent}  `),
      ]);
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    this.text += body;
    this.authorization = request.headers.authorization;
    const { resourceSpans } = JSON.parse(body) as SentTraces;
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = valuesOf(resource.attributes)['service.name'];
      for (const { spans } of scopeSpans)
        this.spans.push(...spans.map((span) => ({ service, ...collected(span) })));
    }
    response.writeHead(request.url === '/v1/traces' ? 200 : 404).end('{}');
  }
}

function collected({
  startTimeUnixNano,
  attributes,
  status,
  ...span
}: SentSpan): Omit<CollectedSpan, 'service'> {
  return {
    ...span,
    startedAt: startTimeUnixNano,
    attributes: valuesOf(attributes),
    failed: status.code === 2,
  };
}

function valuesOf(attributes: Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));
}
