/** What the connections of one process may hold. Tests pass shorter times. Node.js checks times about once per `checkIntervalMs`. */
export interface ConnectionLimits {
  /** A connection above this number is closed at once. */
  maxConnections: number;
  /** How long a connection may be idle, before its first request or after a response. */
  keepAliveTimeoutMs: number;
  /** The time from the first byte of a request to the end of its header. Protects against slow-loris clients. */
  headersTimeoutMs: number;
  /** The time from the first byte of a request to the end of its body. */
  requestTimeoutMs: number;
  /** A connection is closed if bytes wait for its client and the kernel has taken none for this long. */
  stalledMs: number;
  /** If all connections together hold more bytes, those whose response makes no progress are closed. */
  maxHeldBytes: number;
  /** How long running requests may take after the server was told to close. */
  closeGraceMs: number;
  checkIntervalMs: number;
}

export const CONNECTION_LIMITS: Omit<ConnectionLimits, 'maxConnections' | 'keepAliveTimeoutMs'> = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  stalledMs: 30_000,
  maxHeldBytes: 16 * 1024 * 1024,
  closeGraceMs: 12_000,
  checkIntervalMs: 1_000,
};
