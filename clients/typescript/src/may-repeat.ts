/** 503 is the API's; a proxy sends the others if the API did not answer. */
const NO_ANSWER_YET = [502, 503, 504];

/** Whether the same request may have another answer later. A 409 without Retry-After is a refusal, such as a closed shop. */
export function mayRepeat({ status, headers }: Response): boolean {
  return NO_ANSWER_YET.includes(status) || (status === 409 && headers.has('Retry-After'));
}
