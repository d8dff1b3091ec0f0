import { useId } from 'preact/hooks';

interface Props<T extends string> {
  title: string;
  /** Values with their words, in this order. */
  options: readonly (readonly [T, string])[];
  /** None is chosen at first if this is undefined. */
  chosen: T | undefined;
  choose: (value: T) => void;
}

/** One of a few values, each a large target. */
export function Choices<T extends string>({ title, options, chosen, choose }: Props<T>) {
  const name = useId();
  return (
    <fieldset class="choices">
      <legend>{title}</legend>
      {options.map(([value, words]) => (
        <label key={value}>
          <input type="radio" name={name} checked={value === chosen} onChange={() => choose(value)} />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
