import type { PlacementDto } from '../../../apps/api/placements/dto/placement.dto.js';
import type { Person } from '../../support/person.js';
import type { ManagedProcess } from './managed-process.js';
import type { SeededRandom } from './seeded-random.js';

const NEXT_STATUS: Record<string, string | undefined> = {
  waiting: 'preparation',
  preparation: 'ready',
  ready: 'delivered',
};

/** A manager who changes the status of orders and resolves placements. */
export class SimulatedManager {
  /** The last acknowledged status of each order by its id. */
  readonly acknowledgedStatuses = new Map<string, string>();
  private unexpectedResponses: string[] = [];

  constructor(
    private readonly random: SeededRandom,
    private readonly apis: readonly Pick<ManagedProcess, 'url'>[],
    private readonly manager: Person,
  ) {}

  get token(): string {
    return this.manager.token ?? '';
  }

  /** Changes an order's status up to three times. */
  async advance(id: string): Promise<void> {
    for (let steps = this.random.between(0, 3); steps > 0; steps -= 1) {
      const status = NEXT_STATUS[this.acknowledgedStatuses.get(id) ?? 'waiting'];
      if (status === undefined) return;
      const { url } = this.random.pick(this.apis);
      const response = await this.manager
        .at(url)
        .changeStatus(id, status)
        .timeout(3_000)
        .catch(() => undefined);
      if (response?.text.includes('current status is cancelled')) return;
      // 400 means that an earlier request made the change and its response was lost.
      if (response?.status === 200 || response?.status === 400) this.acknowledgedStatuses.set(id, status);
      else if (response && (response.status !== 503 || !response.headers['retry-after']))
        this.unexpectedResponses.push(
          `I11 a status change responded with ${response.status}: ${response.text}`,
        );
    }
  }

  /** Resolves all open placements by the provider's ledger. */
  async resolvePlacements(isCharged: (providerKey: string) => boolean): Promise<void> {
    for (;;) {
      const unconfirmed = await this.placements('declined_unconfirmed');
      const charged = unconfirmed.filter(({ provider_key: key }) => isCharged(key));
      const open = [...(await this.placements('unknown')), ...charged];
      if (open.length === 0) return;
      for (const { id, provider_key: key } of open) {
        const outcome = isCharged(key) ? 'charged' : 'not_charged';
        await this.manager
          .post(`/api/v1/admin/placements/${id}/resolve`, { outcome, note: 'According to the ledger' })
          .expect(200);
      }
    }
  }

  /** Resolves all refunds of unknown outcome by the provider's ledger. */
  async resolveRefunds(isRefunded: (refund: string) => boolean): Promise<void> {
    for (;;) {
      const { body } = await this.manager.get('/api/v1/admin/refunds?state=unknown&limit=100').expect(200);
      const unknown: { id: string }[] = body;
      if (unknown.length === 0) return;
      for (const { id } of unknown) {
        const outcome = isRefunded(id) ? 'refunded' : 'not_refunded';
        await this.manager
          .post(`/api/v1/admin/refunds/${id}/resolve`, { outcome, note: 'According to the ledger' })
          .expect(200);
      }
    }
  }

  /** Returns the unexpected responses since the last call. */
  takeUnexpectedResponses(): string[] {
    const responses = this.unexpectedResponses;
    this.unexpectedResponses = [];
    return responses;
  }

  private async placements(state: string): Promise<PlacementDto[]> {
    const { body } = await this.manager.get(`/api/v1/admin/placements?state=${state}&limit=100`).expect(200);
    return body;
  }
}
