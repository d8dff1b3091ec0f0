import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import type { Deployment } from 'kubernetes-types/apps/v1.js';
import type { Service } from 'kubernetes-types/core/v1.js';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1.js';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.js';
import { Config } from '#config';
import { LONGEST_END_MS } from './longest-end.js';
import {
  CHOSEN,
  environmentOf,
  FOLDER,
  KUSTOMIZATION,
  ofKind,
  SECRETS,
  workload,
  workloads,
  type Workload,
} from './manifests.js';

const kustomization = load(await readFile(`${FOLDER}/${KUSTOMIZATION}`, 'utf8')) as {
  resources: string[];
  images: { name: string }[];
};
const everyWorkload = workloads().map((one): [string, Workload] => [one.name, one]);
const deployments = everyWorkload.filter(([name]) => name !== 'migrate');

/** Returns whether a selector chooses the pods of a workload. */
function chooses(selector: Record<string, string> = {}, { labels }: Workload): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value);
}

describe('the kustomization', () => {
  it('lists every manifest except the example of the secrets', async () => {
    const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml'));

    expect(kustomization.resources.toSorted()).toEqual(
      files.filter((name) => ![KUSTOMIZATION, SECRETS].includes(name)).toSorted(),
    );
  });

  it('names the one image that all containers have', () => {
    const [image, ...others] = kustomization.images;

    expect(others).toEqual([]);
    for (const [, { container }] of everyWorkload) expect(container.image).toBe(image?.name);
  });
});

describe.each(everyWorkload)('%s', (_, { pod, container }) => {
  it('has requests and limits of CPU and memory', () => {
    for (const amounts of [container.resources?.requests, container.resources?.limits])
      expect(Object.keys(amounts ?? {}).toSorted()).toEqual(['cpu', 'memory']);
  });

  it('runs without privileges, on a file system that it cannot write to', () => {
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('runs a program of the build', () => {
    const program = container.command?.find((part) => part.endsWith('.js')) ?? 'dist/apps/api/main.js';

    expect(existsSync(program)).toBe(true);
  });
});

describe.each(deployments)('%s', (name, one) => {
  const { container, pod } = one;
  const ports = Object.fromEntries((container.ports ?? []).map((port) => [port.name, port.containerPort]));

  it('has the ports at which the program listens', () => {
    const { address, metricsAddress } = Config.from(environmentOf(one, CHOSEN));

    expect(ports).toEqual({
      ...(name === 'api' && { http: address.port }),
      metrics: metricsAddress?.port,
    });
  });

  it('has probes at its ports', () => {
    const { startupProbe, livenessProbe, readinessProbe } = container;

    expect(livenessProbe).toBeDefined();
    for (const probe of [startupProbe, livenessProbe, readinessProbe])
      if (probe) expect(ports).toHaveProperty(String(probe.httpGet?.port));
  });

  it('has room in its period of grace for the delay and for what was accepted before', () => {
    const { shutdownDelayMs } = Config.from(environmentOf(one, CHOSEN));

    expect(1_000 * (pod.terminationGracePeriodSeconds ?? 0)).toBeGreaterThan(
      shutdownDelayMs + LONGEST_END_MS,
    );
  });

  it('is chosen by its Deployment, its disruption budget and the constraints that spread it', () => {
    const selectors = [
      ...ofKind<Deployment>('Deployment'),
      ...ofKind<PodDisruptionBudget>('PodDisruptionBudget'),
    ]
      .filter(({ metadata }) => metadata.name === name)
      .map(({ spec }) => spec?.selector)
      .concat(pod.topologySpreadConstraints?.map(({ labelSelector }) => labelSelector) ?? []);

    expect(selectors).toHaveLength(4);
    for (const selector of selectors) expect(chooses(selector?.matchLabels, one)).toBe(true);
  });
});

describe('the API', () => {
  it('is chosen by its Service, alone, at a port that it has', () => {
    const [service] = ofKind<Service>('Service');
    const chosen = workloads().filter((one) => chooses(service?.spec?.selector, one));

    expect(chosen.map(({ name }) => name)).toEqual(['api']);
    const [port] = service?.spec?.ports ?? [];
    expect(chosen[0]?.container.ports?.map(({ name }) => name)).toContain(port?.targetPort);
  });

  it('is probed at routes of the OpenAPI document', async () => {
    const { paths } = JSON.parse(await readFile('openapi.json', 'utf8')) as { paths: object };
    const { startupProbe, livenessProbe, readinessProbe } = workload('api').container;

    for (const probe of [startupProbe, livenessProbe, readinessProbe])
      expect(Object.keys(paths)).toContain(probe?.httpGet?.path);
  });

  it('stays in the Service while the database is away', () => {
    const { readinessProbe } = workload('api').container;

    expect(readinessProbe?.httpGet?.path).toBe('/health/live');
  });
});

describe('the network', () => {
  it('lets only the namespace of Prometheus reach the metrics of each pod', () => {
    const [policy, ...others] = ofKind<NetworkPolicy>('NetworkPolicy');
    const toMetrics = policy?.spec?.ingress?.filter(
      ({ ports = [] }) => ports.length === 0 || ports.some(({ port }) => port === 'metrics'),
    );

    expect(others).toEqual([]);
    for (const [, one] of everyWorkload)
      expect(chooses(policy?.spec?.podSelector.matchLabels, one)).toBe(true);
    expect(toMetrics?.map(({ from }) => from)).toEqual([
      [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
    ]);
  });
});
