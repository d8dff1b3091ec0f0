import { eventually } from '../../support/eventually.js';
import type { PatroniNode } from './patroni-node.js';

const COMPLETE_WITHIN_MS = 120_000;
/** Bytes, as in deploy/patroni.yml. */
const USUAL_LAG = 1_048_576;
/** More bytes than a drill writes. */
const ANY_LAG = 1_000_000_000;

type Role = 'leader' | 'sync_standby' | 'replica';

interface Member {
  name: string;
  role: Role;
  state: string;
}

/** The nodes of the database as Patroni sees them. */
export class Patroni {
  constructor(private readonly nodes: readonly PatroniNode[]) {}

  /** Returns the node that has this role now. Throws if there is none. */
  async nodeThatIs(role: 'leader' | 'sync_standby'): Promise<PatroniNode> {
    const name = (await this.members()).find((member) => member.role === role)?.name;
    const node = this.nodes.find((candidate) => candidate.name === name);
    if (!node) throw new Error(`No node is the ${role}`);
    return node;
  }

  /** Makes the synchronous standby the primary. Resolves when Patroni has done it. */
  async switchOver(): Promise<void> {
    const leader = await this.nodeThatIs('leader');
    const candidate = await this.nodeThatIs('sync_standby');
    await leader.request('/switchover', 'POST', { leader: leader.name, candidate: candidate.name });
  }

  /** Without it, no commit waits for a standby, and one with any lag may become the primary. Resolves when that is so. */
  async setSynchronousMode(isOn: boolean): Promise<void> {
    const leader = await this.nodeThatIs('leader');
    await leader.request('/config', 'PATCH', {
      synchronous_mode: isOn,
      maximum_lag_on_failover: isOn ? USUAL_LAG : ANY_LAG,
    });
    await eventually(
      'the mode of replication',
      async () => (await this.members()).some(({ role }) => role === 'sync_standby') === isOn,
      COMPLETE_WITHIN_MS,
    );
  }

  /** Waits for one primary and two standbys, one of them synchronous. */
  async waitUntilComplete(): Promise<void> {
    await eventually(
      'a primary and two standbys',
      async () => {
        const members = await this.members().catch(() => []);
        // Patroni before 3.0.3 calls a standby that streams running.
        const serving = members.filter(({ state }) => state === 'running' || state === 'streaming');
        const roles = serving.map(({ role }) => role).sort();
        return roles.join() === 'leader,replica,sync_standby';
      },
      COMPLETE_WITHIN_MS,
    );
  }

  /** Asks any node that responds. */
  private async members(): Promise<Member[]> {
    const answers = this.nodes.map((node) => node.request('/cluster'));
    const { members } = JSON.parse(await Promise.any(answers)) as { members: Member[] };
    return members;
  }
}
