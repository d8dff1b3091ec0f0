import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that a seed repeats: the same seed makes the same choices in the same order. */
export class SeededRandom {
  private readonly generator;

  constructor(readonly seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** A whole number, both ends included. */
  between(from: number, to: number): number {
    return uniformInt(this.generator, from, to);
  }

  pick<Choice>(choices: readonly Choice[]): Choice {
    const choice = choices[this.between(0, choices.length - 1)];
    if (choice === undefined) throw new Error('Nothing to choose from');
    return choice;
  }

  /** @param percent how often, on average */
  chance(percent: number): boolean {
    return this.between(1, 100) <= percent;
  }
}
