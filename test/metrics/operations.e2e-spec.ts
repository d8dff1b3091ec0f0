import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import type { MetricFamily } from '../support/prometheus-text.js';
import { TestApp } from '../support/test-app.js';
import { readPromql } from './promql.js';
import { scrape, serveMetricsOf, spendSmallDay } from './small-day.js';

const FOLDER = 'docs/operations';
const PROMTOOL = '/usr/bin/promtool';
const itWithPromtool = existsSync(PROMTOOL) ? it : it.skip;
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
  let families: [name: string, family: MetricFamily][];
  /** The labels of each series, by the name of its samples. */
  const labelsOf = new Map<string, Set<string>>([['up', new Set()]]);

  beforeAll(async () => {
    app = await TestApp.start();
    const url = await serveMetricsOf(app.api);
    const workerUrl = await serveMetricsOf(await app.startWorker());
    await spendSmallDay(app, workerUrl);
    families = [...(await scrape(url)), ...(await scrape(workerUrl))];
    for (const { name, labels } of families.flatMap(([, family]) => family.samples))
      labelsOf.set(name, new Set([...(labelsOf.get(name) ?? []), ...Object.keys(labels)]));
  });
  afterAll(() => app.close());

  it.each(expressions)('%s uses metrics and labels of a real scrape', (_, expression) => {
    const { selectors, groupings } = readPromql(expression);

    expect(selectors).not.toEqual([]);
    for (const { name, labels } of selectors) {
      expect([...labelsOf.keys()]).toContain(name);
      expect([...(labelsOf.get(name) ?? []), ...TARGET_LABELS]).toEqual(
        expect.arrayContaining([...labels, ...groupings]),
      );
    }
  });

  it('lists each metric of the shop with its type and labels', async () => {
    const text = await readFile(`${FOLDER}/metrics.md`, 'utf8');
    const listed = [...text.matchAll(/^\| `(\w+)` +\| (\w+) +\| ([^|]*)\|/gm)].map(
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

  it('has a runbook for each alert', () => {
    for (const { annotations } of alerts)
      expect(annotations.runbook).toMatch(/^docs\/operations\.md#[a-z]+(-[a-z]+)*$/);
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
