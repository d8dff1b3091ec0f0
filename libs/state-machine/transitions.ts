/** A state machine as data: for each state, the states that may follow it. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

/** Returns the states that may precede `target`. */
export function sourcesOf<State extends string>(transitions: Transitions<State>, target: State): State[] {
  return statesOf(transitions).filter((state) => transitions[state].includes(target));
}

/** Returns all states, in the order of the table. */
export function statesOf<State extends string>(transitions: Transitions<State>): State[] {
  const isState = (key: string): key is State => Object.hasOwn(transitions, key);
  return Object.keys(transitions).filter(isState);
}
