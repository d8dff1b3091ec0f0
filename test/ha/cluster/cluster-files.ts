import { randomBytes } from 'node:crypto';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/api-process.js';
import { fillTemplate, giveToCluster, makeFolder, writeOwned } from '../../support/template.js';
import { createCertificate, type Certificate } from './certificate.js';
import { PatroniNode } from './patroni-node.js';
import { postgresBinFolder, shortestTtlSeconds } from './programs.js';
import { ReplicationLink } from './replication-link.js';

/** The teardown of the tests ends all processes in it. */
const RUN_FOLDER = process.env.TEST_RUN_FOLDER ?? tmpdir();
export const HOST = '127.0.0.1';
/** Of the shop. The user owns the database of the same name. */
export const OWNER = 'coffee';

const TTL_SECONDS = shortestTtlSeconds;
const LOOP_WAIT_SECONDS = 2;
/** Patroni replaces a lost primary within this time, in ms. */
export const FAILOVER_MS = (TTL_SECONDS + LOOP_WAIT_SECONDS) * 1_000;

export interface ClusterPorts {
  etcd: number;
  etcdPeers: number;
  primary: number;
  api: number;
  pooler: number;
}

/** What a cluster consists of, before its programs run. */
export interface ClusterFiles {
  folder: string;
  /** Of every user of the database. */
  password: string;
  /** Of the nodes and of PgBouncer. */
  certificate: Certificate;
  ports: ClusterPorts;
  nodes: readonly PatroniNode[];
  replicationLink: ReplicationLink;
}

/** Fills in the files of `deploy/` in a new temporary folder. */
export async function writeClusterFiles(apiPorts: readonly [number, number]): Promise<ClusterFiles> {
  const folder = await realpath(await mkdtemp(join(RUN_FOLDER, 'cluster-')));
  await giveToCluster(folder);
  await makeFolder(join(folder, 'etcd'));
  const password = randomBytes(12).toString('hex');
  const certificate = await createCertificate(folder);
  const tls = { TLS_CERTIFICATE_FILE: certificate.file, TLS_KEY_FILE: certificate.keyFile };
  const ports: ClusterPorts = {
    etcd: await freePort(),
    etcdPeers: await freePort(),
    primary: await freePort(),
    api: await freePort(),
    pooler: await freePort(),
  };
  const nodes: PatroniNode[] = [];
  for (const name of ['node1', 'node2', 'node3']) {
    const node = await PatroniNode.create(name, folder, password, {
      ...tls,
      ETCD_HOSTS: `${HOST}:${ports.etcd}`,
      TTL_SECONDS,
      LOOP_WAIT_SECONDS,
      RETRY_TIMEOUT_SECONDS: 3,
      POSTGRES_BIN_FOLDER: postgresBinFolder ?? '',
      DATABASE_NAME: OWNER,
      DATABASE_ROLES: OWNER,
      NODES_NETWORK: `${HOST}/32`,
      CLIENTS_NETWORK: `${HOST}/32`,
    });
    nodes.push(node);
  }
  const nodeValues = nodes.flatMap(({ name, postgresPort, patroniPort }) => [
    [`${name.toUpperCase()}_HOST`, HOST],
    [`${name.toUpperCase()}_ADDRESS`, `${HOST}:${postgresPort}`],
    [`${name.toUpperCase()}_PATRONI_PORT`, patroniPort],
  ]);
  await fillTemplate('haproxy.cfg', folder, {
    PRIMARY_ADDRESS: `${HOST}:${ports.primary}`,
    API_ADDRESS: `${HOST}:${ports.api}`,
    API1_ADDRESS: `${HOST}:${apiPorts[0]}`,
    API2_ADDRESS: `${HOST}:${apiPorts[1]}`,
    ...Object.fromEntries(nodeValues),
  });
  await fillTemplate('pgbouncer.ini', folder, {
    ...tls,
    DATABASE_NAME: OWNER,
    PRIMARY_HOST: HOST,
    PRIMARY_PORT: ports.primary,
    POOLER_HOST: HOST,
    POOLER_PORT: ports.pooler,
    USERLIST_FILE: await writeOwned(join(folder, 'userlist.txt'), `"${OWNER}" "${password}"\n`),
  });
  const replicationLink = await ReplicationLink.create(join(folder, 'replication'), nodes);
  return { folder, password, certificate, ports, nodes, replicationLink };
}
