/** A metric that an expression selects, with the labels that it is selected by. */
export interface Selector {
  name: string;
  labels: string[];
}

const SELECTOR = /\b([a-zA-Z_:][\w:]*)\b(?!\s*\()\s*(?:\{([^}]*)\})?/g;
const GROUPING = /\b(?:by|without)\s*\(([^)]*)\)/g;

/** Returns what an expression in PromQL selects, and the labels that it groups by. */
export function readPromql(expression: string): { selectors: Selector[]; groupings: string[] } {
  const text = expression.replace(/"[^"]*"/g, '""').replace(/\[[^\]]*\]/g, '');
  return {
    selectors: [...text.replace(GROUPING, '').matchAll(SELECTOR)].map(([, name = '', matchers = '']) => ({
      name,
      labels: [...matchers.matchAll(/(\w+)\s*[=!]/g)].map(([, label = '']) => label),
    })),
    groupings: [...text.matchAll(GROUPING)].flatMap(([, labels = '']) => labels.match(/\w+/g) ?? []),
  };
}
