import { readFile } from 'node:fs/promises';
import { load, YAML11_SCHEMA } from 'js-yaml';

export type Variables = Record<string, string>;

/** The only variable without a default. */
export const PASSWORD = { POSTGRES_PASSWORD: '5f1d' };

export interface Service {
  environment: object;
  image: string;
  logging?: { options?: Record<string, string> };
  healthcheck?: { test?: string[] };
  stop_grace_period?: string;
  entrypoint?: string[];
  profiles?: string[];
  read_only?: boolean;
}

/** Returns the services in docker-compose.yml, interpolated as Docker Compose does it. */
export async function servicesWith(variables: Variables): Promise<Record<string, Service>> {
  const compose = (await readFile('docker-compose.yml', 'utf8'))
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .replaceAll(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, operator: string, text: string) => {
      const value = variables[name];
      if (!value && operator === '?') throw new Error(`${name}: ${text}`);
      return value ? value : operator === '-' ? text : '';
    });
  expect(compose).not.toContain('${');
  // YAML 1.2 has no merge keys (<<).
  return (load(compose, { schema: YAML11_SCHEMA }) as { services: Record<string, Service> }).services;
}

export async function serviceNamed(name: string, variables: Variables): Promise<Service> {
  return (await servicesWith(variables))[name]!;
}

export async function environmentOf(service: string, variables: Variables): Promise<Variables> {
  const { environment } = await serviceNamed(service, variables);
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value ?? '')]));
}
