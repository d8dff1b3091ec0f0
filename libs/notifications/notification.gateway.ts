/** A status change as the provider receives it. */
export interface StatusChange {
  /** Stable over every send of the same notification. */
  notificationId: string;
  orderId: string;
  status: string;
}

/** The result of one send. */
export interface Delivery {
  accepted: boolean;
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
