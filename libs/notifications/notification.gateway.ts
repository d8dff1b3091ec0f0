/** What the provider is told. */
export interface Announcement {
  /** Stable over every send of the same notification. */
  notificationId: string;
  orderId: string;
  status: string;
}

/** What came of one send. */
export interface Delivery {
  accepted: boolean;
  /** Null where no answer came. */
  responseStatusCode: number | null;
  responsePayload: unknown;
  /** Why no answer came; null where one did. */
  error: string | null;
}

/** A notification provider. */
export abstract class NotificationGateway {
  /** Sends once; never throws. */
  abstract deliver(announcement: Announcement): Promise<Delivery>;
}
