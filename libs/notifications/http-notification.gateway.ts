import type { Readable } from 'node:stream';
import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { isAxiosError } from 'axios';
import { Config, Failpoint } from '#config';
import { readProviderBody, retryAfterMs, startCall } from '#http-client';
import { NotificationGateway, type Delivery, type StatusChange } from './notification.gateway.js';
import { webhookSignature } from './webhook-signature.js';

const TIMEOUT_MS = 5_000;
const NO_RESPONSE = {
  accepted: false,
  gone: false,
  retryAfterMs: 0,
  responseStatusCode: null,
  responsePayload: null,
  responseBytes: null,
};
const GONE = 410;
/** Too Many Requests (RFC 6585, 4) and Service Unavailable (RFC 9110, 15.6.4). */
const BUSY = [429, 503];

/**
 * The provider at NOTIFICATION_SERVICE_URL: `POST {"status": …}` with the headers of Standard Webhooks
 * (https://www.standardwebhooks.com), signed if there are secrets. Only a 2xx is a success, and after a 410 nothing more is sent.
 */
@Injectable()
export class HttpNotificationGateway extends NotificationGateway {
  constructor(
    private readonly http: HttpService,
    private readonly config: Config,
  ) {
    super();
  }

  @Failpoint('notification.deliver')
  async deliver(change: StatusChange): Promise<Delivery> {
    // As bytes, because axios serializes or trims everything else, and a signature holds for the bytes that are sent.
    const body = Buffer.from(JSON.stringify({ status: change.status }));
    const { url } = this.config.notification;
    const call = startCall(url, change.traceparent);
    try {
      const response = await this.http.axiosRef.post<Readable>(url, body, {
        headers: { ...this.headersOf(change, body), ...call.headers },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      call.answered(response.status);
      const { status: responseStatusCode, headers } = response;
      const { value, bytes } = await readProviderBody(response.data);
      return {
        accepted: responseStatusCode >= 200 && responseStatusCode < 300,
        gone: responseStatusCode === GONE,
        retryAfterMs: BUSY.includes(responseStatusCode) ? retryAfterMs(headers['retry-after']) : 0,
        responseStatusCode,
        responsePayload: value,
        responseBytes: bytes,
        error: null,
      };
    } catch (error) {
      const reason = reasonOf(error);
      call.failed(reason);
      return { ...NO_RESPONSE, error: reason };
    }
  }

  private headersOf(
    { notificationId: id, orderId, sequence }: StatusChange,
    body: Buffer,
  ): Record<string, string> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const { signingSecrets } = this.config.notification;
    return {
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-sequence': String(sequence),
      'X-Order-Id': orderId,
      ...(signingSecrets.length > 0 && {
        'webhook-signature': webhookSignature({ id, timestamp, body }, signingSecrets),
      }),
    };
  }
}

function reasonOf(error: unknown): string {
  const code = isAxiosError(error) ? error.code : undefined;
  return code === 'ERR_CANCELED' ? 'timeout' : (code ?? String(error));
}
