import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import type { MetricFamily } from '../support/prometheus-text.js';
import { TestApp } from '../support/test-app.js';
import { readPromql, unmatched } from './promql.js';
import { scrape, serveMetricsOf, spendSmallDay } from './small-day.js';

const FOLDER = 'docs/operations';
const PROMTOOL = '/usr/bin/promtool';
const itWithPromtool = existsSync(PROMTOOL) ? it : it.skip;
/** Names that prom-client and OpenTelemetry chose, although Prometheus keeps these suffixes for other types. */
const KNOWN_COMPLAINTS = [
  'db_client_connection_count non-histogram and non-summary metrics should not have "_count" suffix',
  'nodejs_active_handles_total non-counter metrics should not have "_total" suffix',
  'nodejs_active_requests_total non-counter metrics should not have "_total" suffix',
  'nodejs_active_resources_total non-counter metrics should not have "_total" suffix',
];
/** What Prometheus adds to each target. */
const TARGET_LABELS = ['instance', 'job'];

interface Alert {
  alert: string;
  expr: string;
  annotations: { runbook: string };
}

const dashboard = JSON.parse(await readFile(`${FOLDER}/dashboard.json`, 'utf8')) as {
  panels: { title: string; targets?: { expr: string }[] }[];
};
const { groups } = load(await readFile(`${FOLDER}/alerts.yml`, 'utf8')) as { groups: { rules: Alert[] }[] };
const alerts = groups.flatMap(({ rules }) => rules);
const expressions = [
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }): [string, string] => [`panel ${title}`, expr]),
  ),
  ...alerts.map(({ alert, expr }): [string, string] => [`alert ${alert}`, expr]),
];

describe('docs/operations', () => {
  let app: TestApp;
  let text: string;
  let families: [name: string, family: MetricFamily][];
  /** The values of each label, by the name of the samples. */
  const scraped = new Map<string, Map<string, Set<string>>>([['up', new Map()]]);

  beforeAll(async () => {
    app = await TestApp.start();
    const url = await serveMetricsOf(app.api);
    const workerUrl = await serveMetricsOf(await app.startWorker());
    await spendSmallDay(app, workerUrl);
    text = await (await fetch(url)).text();
    families = [...(await scrape(url)), ...(await scrape(workerUrl))];
    for (const { name, labels } of families.flatMap(([, family]) => family.samples)) {
      const values = scraped.get(name) ?? new Map<string, Set<string>>();
      for (const [label, value] of Object.entries(labels))
        values.set(label, (values.get(label) ?? new Set()).add(value));
      scraped.set(name, values);
    }
  });
  afterAll(() => app.close());

  it.each(expressions)('%s selects samples of a real scrape', (_, expression) => {
    const { selectors, groupings } = readPromql(expression);

    expect(selectors).not.toEqual([]);
    for (const { name, matchers } of selectors) {
      expect([...scraped.keys()]).toContain(name);
      const own = matchers.filter(({ label }) => !TARGET_LABELS.includes(label));
      const values = scraped.get(name) ?? new Map<string, Set<string>>();
      expect(own.flatMap((matcher) => unmatched(matcher, [...(values.get(matcher.label) ?? [])]))).toEqual(
        [],
      );
      expect([...values.keys(), ...TARGET_LABELS]).toEqual(
        expect.arrayContaining([...own.map(({ label }) => label), ...groupings]),
      );
    }
  });

  it('lists each metric of the shop with its type and labels', async () => {
    const page = await readFile(`${FOLDER}/metrics.md`, 'utf8');
    const listed = [...page.matchAll(/^\| `(\w+)` +\| (\w+) +\| ([^|]*)\|/gm)].map(
      ([, name = '', type = '', labels = '']) => [name, type, (labels.match(/\w+/g) ?? []).sort().join()],
    );
    const shown = families
      .filter(([name, { samples }]) => !/^(nodejs|process)_/.test(name) && samples.length > 0)
      .map(([name, { type, samples }]) => {
        const labels = new Set(samples.flatMap((sample) => Object.keys(sample.labels)));
        labels.delete('le');
        return [name, type, [...labels].sort().join()];
      });

    expect(listed.sort()).toEqual([...new Map(shown.map((row) => [row.join(), row])).values()].sort());
  });

  itWithPromtool('has metrics whose names promtool accepts', () => {
    const { stderr } = spawnSync(PROMTOOL, ['check', 'metrics'], { input: text, encoding: 'utf8' });
    const complaints = stderr.split('\n').filter(Boolean);

    expect(complaints.filter((complaint) => !KNOWN_COMPLAINTS.includes(complaint))).toEqual([]);
  });

  it('has a section of the runbook for each alert', async () => {
    const runbook = await readFile('docs/operations.md', 'utf8');
    const sections = [...runbook.matchAll(/^## (\S+)$/gm)].map(
      ([, anchor]) => `docs/operations.md#${anchor}`,
    );

    for (const { annotations } of alerts) expect(sections).toContain(annotations.runbook);
  });

  itWithPromtool.each([
    ['check', 'alerts.yml'],
    ['test', 'alerts.test.yml'],
  ])('passes `promtool %s rules %s`', (command, file) => {
    const options = { cwd: FOLDER, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(PROMTOOL, [command, 'rules', file], options);

    expect(status === 0 ? '' : stdout + stderr).toBe('');
  });
});
