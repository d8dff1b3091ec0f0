import {
  createServer,
  IncomingMessage,
  ServerResponse,
  type RequestListener,
  type Server,
  type ServerOptions,
} from 'node:http';
import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express } from 'express';

/**
 * Express without its change of prototypes, which makes V8 look up each property of every request and response anew. The server creates
 * them with Express's prototypes, so that Express's own change (`app.handle` in
 * https://github.com/expressjs/express/blob/master/lib/application.js) has no effect.
 * Serves plain HTTP; Nest's options `httpsOptions` and `forceCloseConnections` have no effect.
 */
export class StablePrototypeExpressAdapter extends ExpressAdapter {
  /** @param newServer returns a server with these options that calls the app */
  constructor(
    private readonly newServer: (options: ServerOptions, app: RequestListener) => Server = createServer,
  ) {
    super();
  }

  override initHttpServer(options: NestApplicationOptions): void {
    super.initHttpServer(options);
    const app = this.getInstance<Express>();
    class ExpressRequest extends IncomingMessage {}
    class ExpressResponse<Received extends IncomingMessage> extends ServerResponse<Received> {}
    Object.assign(app, {
      request: copyPrototype(ExpressRequest.prototype, app.request),
      response: copyPrototype(ExpressResponse.prototype, app.response),
    });
    const classes = { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
    this.setHttpServer(this.newServer(classes, app));
  }
}

/** Copies the members of the app's prototype, and of Express's below it, to `prototype`. */
function copyPrototype(prototype: object, ofApp: object): object {
  const ofExpress: unknown = Object.getPrototypeOf(ofApp);
  return Object.defineProperties(prototype, {
    ...Object.getOwnPropertyDescriptors(Object(ofExpress)),
    ...Object.getOwnPropertyDescriptors(ofApp),
  });
}
