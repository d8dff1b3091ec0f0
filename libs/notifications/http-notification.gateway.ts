import type { Readable } from 'node:stream';
import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { isAxiosError } from 'axios';
import { Config, Failpoint } from '#config';
import { readProviderBody } from '#http-client';
import { NotificationGateway, type Delivery, type StatusChange } from './notification.gateway.js';

const TIMEOUT_MS = 5_000;

/**
 * The provider at NOTIFICATION_SERVICE_URL: `POST {"status": …}` with the headers of Standard Webhooks
 * (https://www.standardwebhooks.com). Only a 2xx is a success.
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
  async deliver({ notificationId, orderId, sequence, status }: StatusChange): Promise<Delivery> {
    try {
      const response = await this.http.axiosRef.post<Readable>(
        this.config.notification.url,
        { status },
        {
          headers: {
            'webhook-id': notificationId,
            'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
            'webhook-sequence': String(sequence),
            'X-Order-Id': orderId,
          },
          signal: AbortSignal.timeout(TIMEOUT_MS),
        },
      );
      return {
        accepted: response.status >= 200 && response.status < 300,
        responseStatusCode: response.status,
        responsePayload: await readProviderBody(response.data),
        error: null,
      };
    } catch (error) {
      return { accepted: false, responseStatusCode: null, responsePayload: null, error: reasonOf(error) };
    }
  }
}

function reasonOf(error: unknown): string {
  const code = isAxiosError(error) ? error.code : undefined;
  return code === 'ERR_CANCELED' ? 'timeout' : (code ?? String(error));
}
