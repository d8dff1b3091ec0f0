import { freePort } from '../support/api-process.js';
import { Cluster } from './cluster/cluster.js';
import { missing } from './cluster/programs.js';

if (missing !== undefined) process.stdout.write(`test/ha is skipped: ${missing}\n`);

(missing === undefined ? describe : describe.skip)('a cluster of the files in deploy/', () => {
  it('makes the synchronous standby the primary on request', async () => {
    const cluster = await Cluster.start([await freePort(), await freePort()]);
    try {
      const standby = await cluster.patroni.nodeThatIs('sync_standby');
      await cluster.patroni.switchOver();
      await cluster.patroni.waitUntilComplete();
      expect(await cluster.patroni.nodeThatIs('leader')).toBe(standby);
    } finally {
      await cluster.close();
    }
  }, 120_000);
});
