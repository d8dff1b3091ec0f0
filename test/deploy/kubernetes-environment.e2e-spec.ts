import { Config, Environment } from '#config';
import { CHOSEN, environmentOf, workload, workloads } from './manifests.js';

/** PostgreSQL's default of max_connections, less the three that only a superuser gets. */
const DATABASE_CONNECTIONS = 97;

describe.each(['api', 'worker'])('the environment of %s', (name) => {
  it('is accepted in production', () => {
    const config = Config.from(environmentOf(workload(name), CHOSEN));

    expect(config).toMatchObject({ isProduction: true, databaseUrl: CHOSEN.DATABASE_URL });
  });

  it.each(Object.keys(CHOSEN))('is refused with the placeholder of %s', (secret) => {
    const variables = environmentOf(workload(name), { ...CHOSEN, [secret]: undefined });

    expect(() => Config.from(variables)).toThrow(`  - ${secret} must `);
  });
});

describe('the environment of the migrations', () => {
  it('is accepted, and has no secret but the URL of the owner', () => {
    const variables = environmentOf(workload('migrate'), CHOSEN);

    expect(Config.forCommand(variables).directDatabaseUrl).toBe(CHOSEN.DATABASE_URL);
    expect(Object.keys(variables).filter((variable) => variable in CHOSEN)).toEqual(['DATABASE_URL']);
  });

  it('is refused with the placeholder', () => {
    expect(() => Config.forCommand(environmentOf(workload('migrate')))).toThrow('  - DATABASE_URL must ');
  });
});

describe.each(workloads().map(({ name }) => name))('the environment of %s', (name) => {
  it('has only variables that the programs know, and none that Kubernetes makes of a Service', () => {
    const one = workload(name);

    expect(Object.keys(environmentOf(one)).filter((variable) => !(variable in new Environment()))).toEqual(
      [],
    );
    expect(one.pod.enableServiceLinks).toBe(false);
  });
});

describe('PostgreSQL', () => {
  it('has connections for all processes, also while one more of each kind starts', () => {
    const connections = ['api', 'worker']
      .map(workload)
      .map((one) => (one.replicas + 1) * (Config.from(environmentOf(one, CHOSEN)).databasePoolSize + 1));

    expect(connections.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(DATABASE_CONNECTIONS);
  });
});
