import { isIP } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import ipaddr from 'ipaddr.js';
import type { Logger } from 'pino';

/** One IPv6 client chooses freely among the addresses of its /64 (RFC 6177, RFC 8981). */
const IPV6_GROUPS = 4;
/** What clients without a readable address share. */
const UNKNOWN_ADDRESS = 'unknown';

/**
 * Returns the address that counts as the request's client, in its normal form. It is the last one in front of the trusted proxies, or
 * the socket's if a proxy sent no address there.
 */
export function clientAddress({ ip, socket }: Request): string {
  return normalizeAddress(ip) ?? normalizeAddress(socket.remoteAddress) ?? UNKNOWN_ADDRESS;
}

/**
 * Returns one text for each client: an IPv4 address (also for IPv4-mapped IPv6), or the /64 block of an IPv6 address. Ports, brackets
 * and zones are cut. Returns undefined for what is not an address.
 */
export function normalizeAddress(text = ''): string | undefined {
  const address = text
    .trim()
    .replace(/^\[([^\]]*)\](:\d*)?$/, '$1')
    // The port of an IPv4 address, also of one at the end of IPv4-mapped IPv6.
    .replace(/(\.\d+):\d*$/, '$1')
    .replace(/%.*$/, '');
  if (isIP(address) === 0) return undefined;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const block = parsed.parts.map((group, index) => (index < IPV6_GROUPS ? group : 0));
  return `${new ipaddr.IPv6(block).toString()}/64`;
}

/** Warns once if X-Forwarded-For arrives although no proxy is trusted. */
export function warnAboutUntrustedProxy(logger: Logger) {
  let warned = false;
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (!warned && request.headers['x-forwarded-for'] !== undefined) {
      warned = true;
      logger.warn(
        'X-Forwarded-For arrives, but TRUSTED_PROXIES is 0: everybody behind the proxy counts as one address for failed logins. ' +
          'Set TRUSTED_PROXIES to the number of proxies in front of the API',
      );
    }
    next();
  };
}
