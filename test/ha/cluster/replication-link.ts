import { join } from 'node:path';
import { makeFolder, writeOwned } from '../../support/template.js';
import type { PatroniNode } from './patroni-node.js';
import { freezeAll, killAll, launch } from './processes.js';

const FILE = 'replication.cfg';
const HEAD = `defaults
    mode tcp
    timeout connect 2s
    timeout client 1h
    timeout server 1h
`;

/** A HAProxy between the nodes, through which standbys receive their data. Frozen, it holds the data back. */
export class ReplicationLink {
  private constructor(private readonly folder: string) {}

  static async create(folder: string, nodes: readonly PatroniNode[]): Promise<ReplicationLink> {
    await makeFolder(folder);
    const links = nodes.map(
      ({ name, replicationPort, postgresPort }) => `
listen ${name}
    bind 127.0.0.1:${replicationPort}
    server ${name} 127.0.0.1:${postgresPort}
`,
    );
    await writeOwned(join(folder, FILE), `${HEAD}${links.join('')}`);
    return new ReplicationLink(folder);
  }

  start(): void {
    launch(this.folder, 'haproxy', ['-db', '-f', FILE]);
  }

  /** Holds all data back: what the primary sends from now on reaches no standby. */
  hold(): Promise<void> {
    return freezeAll(this.folder);
  }

  /** Drops what was held back, and forwards new connections. */
  async restart(): Promise<void> {
    await killAll(this.folder);
    this.start();
  }
}
