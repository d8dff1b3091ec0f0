import { statesOf, type Transitions } from '#state-machine';

export interface StatePair<State extends string> {
  from: State;
  to: State;
}

/** Returns the pairs of states between which the table allows a transition. */
export function allowedPairs<State extends string>(transitions: Transitions<State>): StatePair<State>[] {
  return statesOf(transitions).flatMap((from) => transitions[from].map((to) => ({ from, to })));
}

/** Returns the other pairs of different states. */
export function forbiddenPairs<State extends string>(transitions: Transitions<State>): StatePair<State>[] {
  const states = statesOf(transitions);
  return states.flatMap((from) =>
    states.filter((to) => to !== from && !transitions[from].includes(to)).map((to) => ({ from, to })),
  );
}

/** Collects which operations moved rows between which states. */
export class ObservedTransitions<State extends string> {
  private readonly observed: (StatePair<State> & { operation: string })[] = [];

  /** Adds the states of a row before and after an operation. */
  add(from: State, to: State, operation: string): void {
    this.observed.push({ from, to, operation });
  }

  /** Returns the operations that moved a row from one state to another. */
  between({ from, to }: StatePair<State>): string[] {
    return this.observed
      .filter((transition) => transition.from === from && transition.to === to)
      .map(({ operation }) => operation);
  }
}

/** Returns a handler for a rejected promise that ignores only errors of these classes. */
export function ignore(...refusals: (new (...values: never[]) => Error)[]): (error: unknown) => void {
  return (error) => {
    if (!refusals.some((refusal) => error instanceof refusal)) throw error;
  };
}
