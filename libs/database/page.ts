/** Where a page of a list, newest first, ends; the next one begins after it. */
export interface PageCursor {
  createdAt: Date;
  id: string;
}

/** A page of at most `limit` entries, from the beginning or after another one's end. */
export interface PageRequest {
  limit: number;
  after?: PageCursor;
}
