/** A status change as the provider receives it. */
export interface StatusChange {
  /** Stable over every send of the same notification. */
  notificationId: string;
  orderId: string;
  /** The number of the notification within its order, from 1: the receiver can drop what is older. */
  sequence: number;
  status: string;
  /** The trace of the request that caused the change. */
  traceparent: string | null;
}

/** The result of one send. */
export interface Delivery {
  accepted: boolean;
  /** Whether the provider wants no further send. */
  gone: boolean;
  /** How long the provider asks to wait before the next send, in ms. 0 if it does not say. */
  retryAfterMs: number;
  /** Null if no response came. */
  responseStatusCode: number | null;
  /** Stored, never logged: it may hold personal data. */
  responsePayload: unknown;
  /** The length of the response's body. */
  responseBytes: number | null;
  /** Why no response came. Null if one came. */
  error: string | null;
}

/** A notification provider. */
export abstract class NotificationGateway {
  /** Sends once. Never throws. */
  abstract deliver(change: StatusChange): Promise<Delivery>;
}
