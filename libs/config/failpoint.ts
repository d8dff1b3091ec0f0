import { setTimeout as sleep } from 'node:timers/promises';
import { environment } from './config.js';

type Action = (passes: number) => void | Promise<void>;

/** What FAILPOINTS asks for, by the place's name. */
const actions = new Map(
  (environment().FAILPOINTS ?? '')
    .split(',')
    .filter(Boolean)
    .map((point) => {
      const [, place = '', verb, argument] = /^(.+)=(kill|sleep):(\d+)$/.exec(point) ?? [];
      return [place, verb === 'kill' ? killAt(Number(argument)) : () => sleep(Number(argument))];
    }),
);
const passes = new Map<string, number>();

/**
 * Marks a method as a place where a test may let the power fail: `FAILPOINTS=placement.begin.after=kill:3` kills the process without
 * a word the third time that `placement.begin` has succeeded, `payment.charge.before=sleep:500` waits so many ms at each call before
 * it runs. Without FAILPOINTS the method stays as it is written, and production refuses to start with it.
 */
export function Failpoint(name: string) {
  return <Arguments extends unknown[], Result>(
    _class: object,
    _method: string,
    descriptor: TypedPropertyDescriptor<(...given: Arguments) => Promise<Result>>,
  ): TypedPropertyDescriptor<(...given: Arguments) => Promise<Result>> => {
    const method = descriptor.value;
    if (!method || actions.size === 0) return descriptor;
    const value = async function (this: unknown, ...given: Arguments): Promise<Result> {
      await reach(`${name}.before`);
      const result = await method.apply(this, given);
      await reach(`${name}.after`);
      return result;
    };
    return { ...descriptor, value };
  };
}

async function reach(place: string): Promise<void> {
  const pass = (passes.get(place) ?? 0) + 1;
  passes.set(place, pass);
  await actions.get(place)?.(pass);
}

function killAt(deadlyPass: number): Action {
  return (pass) => {
    if (pass === deadlyPass) process.kill(process.pid, 'SIGKILL');
  };
}
