/** A condition on a label, with the operator and the value of the expression. */
export interface Matcher {
  label: string;
  operator: string;
  value: string;
}

/** A metric that an expression selects, with the conditions on its labels. */
export interface Selector {
  name: string;
  matchers: Matcher[];
}

const SELECTOR = /\b([a-zA-Z_:][\w:]*)\b(?!\s*\()\s*(?:\{([^}]*)\})?/g;
const MATCHER = /(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g;
const GROUPING = /\b(?:by|without)\s*\(([^)]*)\)/g;

/** Returns what an expression in PromQL selects, and the labels that it groups by. */
export function readPromql(expression: string): { selectors: Selector[]; groupings: string[] } {
  const text = expression.replace(/\[[^\]]*\]/g, '');
  return {
    selectors: [...text.replace(GROUPING, '').matchAll(SELECTOR)].map(([, name = '', matchers = '']) => ({
      name,
      matchers: [...matchers.matchAll(MATCHER)].map(([, label = '', operator = '', value = '']) => ({
        label,
        operator,
        value,
      })),
    })),
    groupings: [...text.matchAll(GROUPING)].flatMap(([, labels = '']) => labels.match(/\w+/g) ?? []),
  };
}

/**
 * Returns what of a matcher none of the values has. A regular expression of Prometheus is anchored, and each of its alternatives should
 * match one.
 */
export function unmatched({ operator, value }: Matcher, values: string[]): string[] {
  if (operator === '=') return values.includes(value) ? [] : [value];
  if (operator !== '=~') return [];
  return value.split('|').filter((part) => !values.some((text) => new RegExp(`^(?:${part})$`).test(text)));
}
