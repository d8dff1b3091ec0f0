import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { isFree } from '../../support/api-process.js';
import { eventually } from '../../support/eventually.js';
import { HOST, OWNER, writeClusterFiles, type ClusterFiles } from './cluster-files.js';
import { Patroni } from './patroni.js';
import { freezeAll, killAll, launch, resumeAll } from './processes.js';
import type { ReplicationLink } from './replication-link.js';

/** What docs/configuration.md gives to the role behind a pooler. */
const SETTINGS = [
  'jit = off',
  "statement_timeout = '5s'",
  "lock_timeout = '2s'",
  "idle_in_transaction_session_timeout = '5s'",
];

/** A database that fails over, in one temporary folder: etcd, three nodes, HAProxy and PgBouncer. */
export class Cluster {
  readonly patroni: Patroni;

  private constructor(private readonly files: ClusterFiles) {
    this.patroni = new Patroni(files.nodes);
  }

  /**
   * Starts all programs and creates an empty database. Throws with the end of their logs if they do not start.
   * @param apiPorts where the two APIs will listen
   */
  static async start(apiPorts: readonly [number, number]): Promise<Cluster> {
    const cluster = new Cluster(await writeClusterFiles(apiPorts));
    try {
      cluster.launchPrograms();
      await cluster.patroni.waitUntilComplete();
      await cluster.createDatabase();
    } catch (error) {
      const logs = await cluster.logs();
      await cluster.close();
      throw new Error(`The cluster did not start:\n${logs}`, { cause: error });
    }
    return cluster;
  }

  /** Where HAProxy leads to the APIs. */
  get apiUrl(): string {
    return `http://${HOST}:${this.files.ports.api}`;
  }

  /** The database on the primary, through HAProxy. */
  get primaryUrl(): string {
    return this.databaseUrl(OWNER, this.files.ports.primary, OWNER);
  }

  /** The database on the primary, through PgBouncer and HAProxy. */
  get poolerUrl(): string {
    return this.databaseUrl(OWNER, this.files.ports.pooler, OWNER);
  }

  /** The connections from standbys to the primary. */
  get replicationLink(): ReplicationLink {
    return this.files.replicationLink;
  }

  freezeEtcd(): Promise<void> {
    return freezeAll(join(this.files.folder, 'etcd'));
  }

  resumeEtcd(): void {
    resumeAll(join(this.files.folder, 'etcd'));
  }

  /** Kills all programs, also frozen ones, and removes the folder. Throws if a port is still in use. */
  async close(): Promise<void> {
    const { folder, nodes, ports } = this.files;
    await killAll(folder);
    await rm(folder, { recursive: true });
    const all = [...Object.values(ports), ...nodes.flatMap((node) => node.ports)];
    for (const port of all) await eventually(`port ${port} to be free`, () => isFree(port));
  }

  /** Returns the end of each program's log. */
  private async logs(): Promise<string> {
    const { folder, nodes } = this.files;
    const files = [
      'etcd/etcd.log',
      'haproxy.log',
      'pgbouncer.log',
      ...nodes.map(({ name }) => `${name}/patroni.log`),
    ];
    const ends = files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8').catch(() => '');
      return `--- ${file}\n${text.slice(-2_000)}`;
    });
    return (await Promise.all(ends)).join('\n');
  }

  private launchPrograms(): void {
    const { folder, nodes, ports } = this.files;
    const clients = `http://${HOST}:${ports.etcd}`;
    const peers = `http://${HOST}:${ports.etcdPeers}`;
    launch(join(folder, 'etcd'), 'etcd', [
      ...['--name', 'etcd', '--data-dir', 'data'],
      ...['--listen-client-urls', clients, '--advertise-client-urls', clients],
      ...['--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers],
      ...['--initial-cluster', `etcd=${peers}`],
    ]);
    this.files.replicationLink.start();
    for (const node of nodes) node.start();
    launch(folder, 'haproxy', ['-db', '-f', 'haproxy.cfg']);
    launch(folder, 'pgbouncer', ['pgbouncer.ini']);
  }

  private async createDatabase(): Promise<void> {
    const { ports, password } = this.files;
    const url = this.databaseUrl('postgres', ports.primary, 'postgres');
    const client = await eventually('HAProxy to find the primary', async () => {
      const candidate = new pg.Client({ connectionString: url });
      return candidate.connect().then(
        () => candidate,
        () => undefined,
      );
    });
    await client.query(`CREATE ROLE ${OWNER} LOGIN PASSWORD '${password}'`);
    for (const setting of SETTINGS) await client.query(`ALTER ROLE ${OWNER} SET ${setting}`);
    await client.query(`CREATE DATABASE ${OWNER} OWNER ${OWNER}`);
    await client.end();
  }

  private databaseUrl(user: string, port: number, database: string): string {
    const { password, certificate } = this.files;
    const tls = `sslmode=verify-full&sslrootcert=${certificate.file}`;
    return `postgresql://${user}:${password}@${HOST}:${port}/${database}?${tls}`;
  }
}
