/** A sample of a metric. */
export interface MetricSample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

export interface MetricFamily {
  type: string;
  help: string;
  samples: MetricSample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const COMMENT = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`);
/** The value is what Go parses as a number, so that NaN may have any case. */
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (-?[0-9.e+-]+|[+-]Inf|nan)$`, 'i');
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;
const TYPES = ['counter', 'gauge', 'histogram', 'summary'];

/** Parses Prometheus' text format. Throws an Error for whatever a strict reader refuses. */
export function parseMetrics(text: string): Map<string, MetricFamily> {
  if (!text.endsWith('\n')) throw new Error('The last line does not end');
  const families = new Map<string, MetricFamily>();
  const seen = new Set<string>();
  let current: [string, MetricFamily] | undefined;
  for (const line of text.split('\n').filter(Boolean)) {
    const [, keyword, family = '', rest = ''] = COMMENT.exec(line) ?? [];
    if (keyword === 'HELP') {
      if (families.has(family)) throw new Error(`${family} comes twice`);
      current = [family, { type: '', help: rest, samples: [] }];
      families.set(...current);
      continue;
    }
    if (!current) throw new Error(`There is no metric before: ${line}`);
    const [name, found] = current;
    if (keyword === 'TYPE') {
      if (family !== name || found.type || !TYPES.includes(rest)) throw new Error(`Wrong type: ${line}`);
      found.type = rest;
      continue;
    }
    const sample = parseSample(line);
    const suffixes = found.type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['', '_sum', '_count'];
    if (!found.type || !suffixes.some((suffix) => sample.name === name + suffix))
      throw new Error(`Not a sample of ${name}: ${line}`);
    const series = sample.name + JSON.stringify(Object.entries(sample.labels).sort());
    if (seen.has(series)) throw new Error(`Comes twice: ${line}`);
    seen.add(series);
    found.samples.push(sample);
  }
  for (const [name, { type, samples }] of families) if (type === 'histogram') checkBuckets(name, samples);
  return families;
}

/** Returns the value of the only sample with these labels, or undefined if there is none. */
export function valueOf(
  families: Map<string, MetricFamily>,
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  const family = families.get(name) ?? families.get(name.replace(/_(count|sum|bucket)$/, ''));
  const found = (family?.samples ?? []).filter(
    (sample) =>
      sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  );
  if (found.length > 1) throw new Error(`${name} has ${found.length} samples with ${JSON.stringify(labels)}`);
  return found[0]?.value;
}

function parseSample(line: string): MetricSample {
  const [, name, text = '', value] = SAMPLE.exec(line) ?? [];
  if (name === undefined) throw new Error(`Not a sample: ${line}`);
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest.length > 0) {
    const [whole, label, quoted] = LABEL.exec(rest) ?? [];
    if (whole === undefined || label === undefined || quoted === undefined || label in labels)
      throw new Error(`Malformed labels: ${line}`);
    labels[label] = quoted;
    rest = rest.slice(whole.length);
  }
  return { name, labels, value: Number(value?.replace('Inf', 'Infinity')) };
}

/** The buckets of a series rise up to its count. */
function checkBuckets(name: string, samples: MetricSample[]): void {
  const last = new Map<string, { le: number; value: number }>();
  for (const sample of samples) {
    const { le, ...labels } = sample.labels;
    const series = JSON.stringify(labels);
    const former = last.get(series) ?? { le: -Infinity, value: 0 };
    if (sample.name === `${name}_bucket`) {
      const bound = Number(le?.replace('Inf', 'Infinity'));
      if (!(bound > former.le) || sample.value < former.value)
        throw new Error(`Wrong bucket of ${name}: ${le}`);
      last.set(series, { le: bound, value: sample.value });
    } else if (sample.name === `${name}_count` && (former.le !== Infinity || former.value !== sample.value))
      throw new Error(`The count of ${name} is not its last bucket`);
  }
}
