import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '#errors';
import { requestFields } from '#logging';
import { inSpan } from '#tracing';
import { ChargeAttemptsService } from './charge-attempts.service.js';
import { ChargePolicy } from './charge-policy.js';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';
import type { ClaimedPlacement } from './placement-attempt.js';

const MAX_RESENDS = 20;
const MAX_ESCALATIONS = 100;
const RESEND_SPAN = { name: 'resend charge', kind: 'consumer' } as const;

/** Continues the charge attempts whose sender is gone. Runs in the worker. */
@Injectable()
export class RecoveryService {
  private readonly log = new Logger(RecoveryService.name);

  constructor(
    private readonly transitions: PlacementTransitionsRepository,
    private readonly attempts: ChargeAttemptsService,
    private readonly policy: ChargePolicy,
  ) {}

  /** Sends interrupted charges again if that is safe, and leaves the others to the managers. A total of 0 is always safe. */
  async recover(): Promise<void> {
    const { leaseMs, resendWithinMs } = this.policy;
    for (const placement of await this.transitions.escalateExpired(MAX_ESCALATIONS, resendWithinMs))
      this.log.warn('A placement needs a manager: its charge has an unknown outcome', { placement });
    const expired = await this.transitions.claimExpired(MAX_RESENDS, leaseMs, resendWithinMs);
    await Promise.all(
      expired.map((placement) => inSpan(RESEND_SPAN, placement.traceparent, () => this.resend(placement))),
    );
  }

  private async resend(placement: ClaimedPlacement): Promise<void> {
    const { id, attempt } = placement;
    const fields = { ...requestFields(placement), placement: id, attempt };
    try {
      const placed = await this.attempts.run(placement, async () => placement);
      if (typeof placed === 'string') return;
      this.log.log('An interrupted placement became an order', { ...fields, order: placed.order.id });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.log.warn('An interrupted placement was tried again', { ...fields, outcome: error.code });
    }
  }
}
