import { setTimeout as sleep } from 'node:timers/promises';
import { environment } from './config.js';

type Action = (passes: number) => void | Promise<void>;

/** The actions of FAILPOINTS by the name of their point. */
const actions = new Map(
  (environment().FAILPOINTS ?? '')
    .split(',')
    .filter(Boolean)
    .map((entry) => {
      const [, point = '', verb, argument] = /^(.+)=(kill|sleep):(\d+)$/.exec(entry) ?? [];
      return [point, verb === 'kill' ? killAt(Number(argument)) : () => sleep(Number(argument))];
    }),
);
const passes = new Map<string, number>();

/**
 * Marks a method as a fault-injection point with a `.before` and an `.after`. `FAILPOINTS=placement.begin.after=kill:3` sends SIGKILL to
 * the process at the third success of `placement.begin`; `payment.charge.before=sleep:500` delays each call by 500 ms.
 * Without FAILPOINTS the method is unchanged, and production refuses to start with it.
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
      await pass(`${name}.before`);
      const result = await method.apply(this, given);
      await pass(`${name}.after`);
      return result;
    };
    return { ...descriptor, value };
  };
}

async function pass(point: string): Promise<void> {
  const count = (passes.get(point) ?? 0) + 1;
  passes.set(point, count);
  await actions.get(point)?.(count);
}

function killAt(fatalPass: number): Action {
  return (count) => {
    if (count === fatalPass) process.kill(process.pid, 'SIGKILL');
  };
}
