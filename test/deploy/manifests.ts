import { readdir, readFile } from 'node:fs/promises';
import { loadAll } from 'js-yaml';
import type { Deployment } from 'kubernetes-types/apps/v1.js';
import type { Job } from 'kubernetes-types/batch/v1.js';
import type { ConfigMap, Container, PodSpec, Secret } from 'kubernetes-types/core/v1.js';

export const FOLDER = 'deploy/kubernetes';
/** The file that is read by kustomize only. */
export const KUSTOMIZATION = 'kustomization.yaml';
/** The file that is not applied. */
export const SECRETS = 'secrets.example.yaml';

/** What an operator could write into a copy of the example. */
export const CHOSEN = {
  DATABASE_URL: 'postgresql://coffee_app:5f1d@db.example.com/coffee_shop?sslmode=verify-full',
  JWT_SECRET_KEY: 'f6f8a4d27eb94ac7c8b51b5e3ffb0d7a',
  PAYMENT_SERVICE_URL: 'https://provider.example/payment',
  PAYMENT_REFUND_URL: 'https://provider.example/refund',
  NOTIFICATION_SERVICE_URL: 'https://provider.example/notification',
  NOTIFICATION_SIGNING_SECRET: `whsec_${Buffer.alloc(32, 'key').toString('base64')}`,
};

type Labels = Record<string, string>;
type Variables = Record<string, string>;

/** One document of a manifest, of which a test has checked that it has the members of its kind. */
export interface Manifest {
  file: string;
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels?: Labels };
}

/** Returns the documents of all manifests in `deploy/kubernetes`. */
export async function readManifests(): Promise<Manifest[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml') && name !== KUSTOMIZATION);
  const documents = await Promise.all(
    files.map(async (file) =>
      loadAll(await readFile(`${FOLDER}/${file}`, 'utf8')).map((document) => ({
        file,
        ...(document as Omit<Manifest, 'file'>),
      })),
    ),
  );
  return documents.flat();
}

const manifests = await readManifests();

/** Returns the manifests of a kind, as `T`. */
export function ofKind<T>(kind: string): (Manifest & T)[] {
  return manifests.filter((manifest) => manifest.kind === kind) as (Manifest & T)[];
}

/** What runs a pod: a Deployment or the Job. */
export interface Workload {
  name: string;
  replicas: number;
  labels: Labels;
  pod: PodSpec;
  container: Container;
}

/** Returns the Deployments and the Job. Each has one container. */
export function workloads(): Workload[] {
  return [...ofKind<Deployment>('Deployment'), ...ofKind<Job>('Job')].map(({ metadata, spec }) => {
    const { template } = spec!;
    const [container, ...others] = template.spec!.containers;
    if (others.length > 0) throw new Error(`${metadata.name} has several containers`);
    return {
      name: metadata.name,
      replicas: spec && 'replicas' in spec ? (spec.replicas ?? 1) : 1,
      labels: template.metadata!.labels!,
      pod: template.spec!,
      container: container!,
    };
  });
}

export function workload(name: string): Workload {
  return workloads().find((one) => one.name === name)!;
}

/** Returns the variables of a container as Kubernetes sets them. Those of `secrets` replace the ones of the example. */
export function environmentOf(
  { container }: Workload,
  secrets: Record<string, string | undefined> = {},
): Variables {
  const variables: Variables = {};
  for (const { configMapRef, secretRef } of container.envFrom ?? []) {
    if (configMapRef) Object.assign(variables, named<ConfigMap>('ConfigMap', configMapRef.name).data);
    if (secretRef) {
      const { stringData = {} } = named<Secret>('Secret', secretRef.name);
      for (const [name, value] of Object.entries(stringData)) variables[name] = secrets[name] ?? value;
    }
  }
  for (const { name, value = '' } of container.env ?? []) variables[name] = value;
  return variables;
}

function named<T>(kind: string, name = ''): Manifest & T {
  const found = ofKind<T>(kind).find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`No ${kind} is called ${name}`);
  return found;
}
