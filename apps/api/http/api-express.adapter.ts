import { readdirSync } from 'node:fs';
import type { NextFunction, Request, Response } from 'express';
import { MethodNotAllowed, UnknownRoute, type HttpRefusal } from '../problem/http-refusals.js';
import { requestTarget } from './request-target.js';
import { StablePrototypeExpressAdapter } from './stable-prototype-express.adapter.js';

type StaticAssets = Parameters<StablePrototypeExpressAdapter['useStaticAssets']>;

/** The parts of Express's router that are read here; its types lack them. */
interface Router {
  caseSensitive: boolean;
  stack: { route?: { methods: Record<string, boolean> }; match(path: string): unknown }[];
}

/**
 * Matches paths by one rule: upper and lower case differ, and a slash at the end makes no difference. Refuses a known path with
 * another method with 405 (RFC 9110, 15.5.6), OPTIONS too, unless CORS has answered it.
 */
export class ApiExpressAdapter extends StablePrototypeExpressAdapter {
  private readonly staticFiles = new Set<string>();

  constructor(...options: ConstructorParameters<typeof StablePrototypeExpressAdapter>) {
    super(...options);
    // The setting "case sensitive routing" has no effect after the router exists.
    this.router.caseSensitive = true;
  }

  override setNotFoundHandler(): void {
    this.use((request: Request, _response: Response, next: NextFunction) => next(this.refusalOf(request)));
  }

  override useStaticAssets(...[directory, options]: StaticAssets): void {
    for (const file of readdirSync(directory)) this.staticFiles.add(`${options.prefix ?? ''}/${file}`);
    super.useStaticAssets(directory, options);
  }

  /** Without the query: Nest repeats this in messages, and its OpenAPI page looks for a slash at the end. */
  override getRequestUrl(request: Request): string {
    return requestTarget(request).path;
  }

  private get router(): Router {
    return this.getInstance<{ router: Router }>().router;
  }

  private refusalOf(request: Request): HttpRefusal {
    const { path } = requestTarget(request);
    const routes = this.router.stack.filter((layer) => layer.route && layer.match(path));
    const methods = new Set(routes.flatMap(({ route }) => Object.keys(route?.methods ?? {})));
    if (this.staticFiles.has(path)) methods.add('get');
    if (methods.has('get')) methods.add('head');
    return methods.size > 0
      ? new MethodNotAllowed(request.method, path, [...methods].join(', ').toUpperCase())
      : new UnknownRoute(request.method, path);
  }
}
