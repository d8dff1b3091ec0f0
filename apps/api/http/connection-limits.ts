/** What the connections of one process may hold. Tests pass shorter times. */
export interface ConnectionLimits {
  /** A client that sends the header of a request more slowly is refused with 408. Protects against slow-loris clients. */
  headersTimeoutMs: number;
  /** The same for a whole request. */
  requestTimeoutMs: number;
  /** How often timeouts are checked. */
  checkIntervalMs: number;
  /** A connection is closed if no write to it has completed for this long while bytes are waiting. */
  stalledResponseMs: number;
  /** A connection is not read while it has more pipelined requests than this waiting. */
  maxWaitingPerConnection: number;
  /** The limit of all connections together. The connection that exceeds it is closed. A waiting request takes about 4 KB. */
  maxWaiting: number;
}

export const DEFAULT_CONNECTION_LIMITS: ConnectionLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  checkIntervalMs: 1_000,
  stalledResponseMs: 30_000,
  maxWaitingPerConnection: 64,
  maxWaiting: 5_000,
};
