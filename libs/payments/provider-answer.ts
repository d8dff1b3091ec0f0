/** Statuses that report a temporary problem, not a decision. So does every 5xx. */
const TEMPORARY_STATUSES = [408, 409, 425, 429];
/** Statuses that report a wrong address or missing access. So do redirects, which are not followed. */
const MISCONFIGURED_STATUSES = [401, 403, 404, 405];

/** The provider's answer as it is stored: JSON as it is, other text as a string, other bytes as `{base64}`. */
export interface ProviderAnswer {
  status: number;
  body: unknown;
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Returns whether a status reports the provider's own trouble, so that it says nothing about the money. */
export function isTemporary(status: number): boolean {
  return status >= 500 || TEMPORARY_STATUSES.includes(status);
}

/** Returns whether a status reports our configuration, not a decision about the money. */
export function isMisconfigured(status: number): boolean {
  return MISCONFIGURED_STATUSES.includes(status) || (status >= 300 && status < 400);
}
