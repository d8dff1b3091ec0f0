import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { ClientRequest, createServer, type RequestListener } from 'node:http';
import type { Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describeFailure, PostClient, type RequestFailure } from './post-client.js';

/** Node publishes each request of its HTTP client here. */
const REQUEST_STARTS = 'http.client.request.start';

describe('the failure of a request', () => {
  const server = createServer((request, response) => respond(request, response));
  let address: string;
  let respond: RequestListener;
  let newest: ClientRequest | undefined;
  const remember = (message: unknown): void => {
    if (typeof message !== 'object' || message === null || !('request' in message)) return;
    if (message.request instanceof ClientRequest) newest = message.request;
  };

  beforeAll(async () => {
    address = await listen(server);
    subscribe(REQUEST_STARTS, remember);
  });
  afterAll(() => {
    unsubscribe(REQUEST_STARTS, remember);
    server.close();
  });

  /** Returns the server's host and port. */
  async function listen(target: Server): Promise<string> {
    await once(target.listen(0, '127.0.0.1'), 'listening');
    const bound = target.address();
    if (bound === null || typeof bound === 'string') throw new Error('No port');
    return `127.0.0.1:${bound.port}`;
  }

  function clientOf(target: string, keepAlive = false): PostClient {
    return new PostClient({ url: target, keepAlive, timeoutMs: 5_000 });
  }

  function failureOf(client: PostClient): Promise<RequestFailure> {
    return client.post({}, {}, null).then(() => {
      throw new Error('It got a response');
    }, describeFailure);
  }

  describe('proves that nothing was sent', () => {
    it('if the port is closed', async () => {
      const closed = createServer();
      const target = await listen(closed);
      await once(closed.close(), 'close');

      expect(await failureOf(clientOf(`http://${target}`))).toEqual({
        reason: 'ECONNREFUSED',
        neverSent: true,
      });
    });

    it('if the host has no address', async () => {
      expect(await failureOf(clientOf('http://provider.invalid/'))).toMatchObject({ neverSent: true });
    });

    it('if the server does not speak TLS', async () => {
      expect(await failureOf(clientOf(`https://${address}`))).toMatchObject({ neverSent: true });
    });

    it('if the server refuses the handshake', async () => {
      const withoutCertificate = createTlsServer();
      const target = await listen(withoutCertificate);

      expect(await failureOf(clientOf(`https://${target}`))).toMatchObject({ neverSent: true });
      withoutCertificate.close();
    });
  });

  describe('proves nothing on a connection that was made', () => {
    it.each([
      ['EHOSTUNREACH', 'read'],
      ['ENETUNREACH', 'write'],
      ['ECONNREFUSED', 'read'],
      ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', undefined],
      ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', undefined],
      ['CERT_HAS_EXPIRED', undefined],
    ])('with %s', async (code, syscall) => {
      respond = () => newest?.destroy(Object.assign(new Error(code), { code, syscall }));

      expect(await failureOf(clientOf(`http://${address}`))).toEqual({ reason: code, neverSent: false });
    });

    it('if the server resets it', async () => {
      respond = ({ socket }) => socket.resetAndDestroy();

      expect(await failureOf(clientOf(`http://${address}`))).toEqual({
        reason: 'ECONNRESET',
        neverSent: false,
      });
    });

    it('if it was used before', async () => {
      const client = clientOf(`http://${address}`, true);
      respond = (_, response) => response.end();
      const response = await client.post({}, {}, null);
      await once(response.resume(), 'close');
      respond = ({ socket }) => socket.resetAndDestroy();

      expect(await failureOf(client)).toEqual({ reason: 'ECONNRESET', neverSent: false });
      expect(newest?.reusedSocket).toBe(true);
    });
  });
});
