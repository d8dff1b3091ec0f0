import { StartupError } from './startup-error.js';

/** Refuses to start. The message names variables and never contains their values. */
export class InvalidConfiguration extends StartupError {
  constructor(problems: string[]) {
    super(`The configuration is refused:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}
