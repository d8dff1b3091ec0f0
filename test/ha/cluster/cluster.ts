import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { isFree } from '../../support/api-process.js';
import { eventually } from '../../support/eventually.js';
import { HOST, OWNER, writeClusterFiles, type ClusterFiles } from './cluster-files.js';
import type { PatroniNode } from './patroni-node.js';
import { freezeAll, killAll, launch, resumeAll } from './processes.js';

const STARTS_WITHIN_MS = 120_000;
/** What docs/configuration.md gives to the role behind a pooler. */
const LIMITS = [
  "statement_timeout = '5s'",
  "lock_timeout = '2s'",
  "idle_in_transaction_session_timeout = '5s'",
];

interface Member {
  name: string;
  role: 'leader' | 'sync_standby' | 'replica';
  state: string;
}

/** A database that fails over, in one temporary folder: etcd, three nodes, HAProxy and PgBouncer. */
export class Cluster {
  private constructor(private readonly files: ClusterFiles) {}

  /**
   * Starts all programs and creates an empty database. Throws with the end of their logs if they do not start.
   * @param apiPorts where the two APIs will listen
   */
  static async start(apiPorts: readonly [number, number]): Promise<Cluster> {
    const cluster = new Cluster(await writeClusterFiles(apiPorts));
    try {
      cluster.launchPrograms();
      await cluster.waitUntilComplete();
      await cluster.createDatabase();
    } catch (error) {
      const logs = await cluster.logs();
      await cluster.close();
      throw new Error(`The cluster did not start:\n${logs}`, { cause: error });
    }
    return cluster;
  }

  get nodes(): readonly PatroniNode[] {
    return this.files.nodes;
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

  /** Returns the node that is this now. Throws if there is none. */
  async nodeThatIs(role: 'leader' | 'sync_standby'): Promise<PatroniNode> {
    const name = (await this.members()).find((member) => member.role === role)?.name;
    const node = this.nodes.find((candidate) => candidate.name === name);
    if (!node) throw new Error(`No node is the ${role}`);
    return node;
  }

  /** Hands the primary over to the synchronous standby. Resolves when Patroni has done it. */
  async switchOver(): Promise<void> {
    const leader = await this.nodeThatIs('leader');
    const candidate = await this.nodeThatIs('sync_standby');
    await leader.ask('/switchover', 'POST', { leader: leader.name, candidate: candidate.name });
  }

  /** Changes settings that are stored in etcd. */
  async configure(settings: object): Promise<void> {
    await (await this.nodeThatIs('leader')).ask('/config', 'PATCH', settings);
  }

  freezeEtcd(): Promise<void> {
    return freezeAll(join(this.files.folder, 'etcd'));
  }

  resumeEtcd(): void {
    resumeAll(join(this.files.folder, 'etcd'));
  }

  /** Waits for one primary and two standbys that stream, one of them synchronous if that is asked for. */
  async waitUntilComplete({ synchronous = true } = {}): Promise<void> {
    await eventually(
      'a primary and two standbys',
      async () => {
        const members = await this.members().catch(() => []);
        // Patroni before 3.0.3 calls a standby that streams running.
        const complete = members.filter(({ state }) => state === 'running' || state === 'streaming');
        const count = (role: Member['role']): number =>
          complete.filter((member) => member.role === role).length;
        return (
          complete.length === 3 && count('leader') === 1 && (!synchronous || count('sync_standby') === 1)
        );
      },
      STARTS_WITHIN_MS,
    );
  }

  /** Kills all programs, also frozen ones, and removes the folder. Throws if a port is still in use. */
  async close(): Promise<void> {
    const { folder, nodes, ports } = this.files;
    await killAll(folder);
    for (const { replication } of nodes) await replication.close();
    await rm(folder, { recursive: true });
    const all = [...Object.values(ports), ...nodes.flatMap((node) => [node.postgresPort, node.patroniPort])];
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
    for (const limit of LIMITS) await client.query(`ALTER ROLE ${OWNER} SET ${limit}`);
    await client.query(`CREATE DATABASE ${OWNER} OWNER ${OWNER}`);
    await client.end();
  }

  private async members(): Promise<Member[]> {
    const answers = this.nodes.map((node) => node.ask('/cluster'));
    const { members } = JSON.parse(await Promise.any(answers)) as { members: Member[] };
    return members;
  }

  private databaseUrl(user: string, port: number, database: string): string {
    return `postgresql://${user}:${this.files.password}@${HOST}:${port}/${database}`;
  }
}
