import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../support/api-process.js';
import { fillTemplate, makeFolder } from '../../support/template.js';
import { freezeAll, killAll, launch, resumeAll, send } from './processes.js';

/** A node of the database: Patroni with its PostgreSQL. */
export class PatroniNode {
  private constructor(
    readonly name: string,
    private readonly folder: string,
    readonly postgresPort: number,
    readonly patroniPort: number,
    /** Where standbys connect, see ReplicationLink. */
    readonly replicationPort: number,
    private readonly password: string,
  ) {}

  /**
   * Writes the files of a node.
   * @param password of all users, also of Patroni's HTTP interface
   */
  static async create(
    name: string,
    clusterFolder: string,
    password: string,
    settings: Readonly<Record<string, string | number>>,
  ): Promise<PatroniNode> {
    const folder = join(clusterFolder, name);
    await makeFolder(folder);
    const [postgresPort, patroniPort, replicationPort] = [
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const node = new PatroniNode(name, folder, postgresPort, patroniPort, replicationPort, password);
    await fillTemplate('patroni.yml', folder, {
      ...settings,
      SUPERUSER_PASSWORD: password,
      REPLICATION_PASSWORD: password,
      RESTAPI_PASSWORD: password,
      NODE_NAME: name,
      NODE_HOST: '127.0.0.1',
      NODE_FOLDER: folder,
      PATRONI_PORT: patroniPort,
      POSTGRES_PORT: postgresPort,
      REPLICATION_PORT: replicationPort,
    });
    return node;
  }

  get ports(): number[] {
    return [this.postgresPort, this.patroniPort, this.replicationPort];
  }

  start(): void {
    launch(this.folder, 'patroni', ['patroni.yml']);
  }

  /** Kills Patroni and PostgreSQL, as when the machine fails. */
  kill(): Promise<void> {
    return killAll(this.folder);
  }

  /** Kills PostgreSQL only. Patroni starts it again. */
  async killPostmaster(): Promise<void> {
    const file = await readFile(join(this.folder, 'data/postmaster.pid'), 'utf8');
    send(parseInt(file, 10), 'SIGKILL');
  }

  freeze(): Promise<void> {
    return freezeAll(this.folder);
  }

  resume(): void {
    resumeAll(this.folder);
  }

  /** Sends a request to Patroni's HTTP interface. Returns the body; throws if the status is not 2xx. */
  async request(path: string, method = 'GET', body?: object): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.patroniPort}${path}`, {
      method,
      headers: { Authorization: `Basic ${Buffer.from(`patroni:${this.password}`).toString('base64')}` },
      signal: AbortSignal.timeout(30_000),
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`Patroni of ${this.name}: ${method} ${path}: ${response.status} ${text}`);
    return text;
  }
}
