import type { NextFunction, Request, Response } from 'express';

/**
 * Encodes the constant texts below /docs once. Express would encode them for each response, and so hold 200 KB for each client that
 * reads the OpenAPI page slowly. Problem details are not kept: they differ from request to request.
 */
export function encodeOnce() {
  const encoded = new Map<string, Buffer>();
  return ({ url }: Request, response: Response, next: NextFunction): void => {
    if (!url.startsWith('/docs')) {
      next();
      return;
    }
    const send = response.send.bind(response);
    response.send = (body: unknown) => {
      if (typeof body !== 'string' || response.statusCode !== 200) return send(body);
      const bytes = encoded.get(body) ?? Buffer.from(body);
      encoded.set(body, bytes);
      return send(bytes);
    };
    next();
  };
}
