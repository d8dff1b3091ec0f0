import { DomainError } from '#errors';

/** The shop is closed by its hours. Nothing was charged and the key is still free. */
export class ShopClosed extends DomainError {
  static readonly example = new ShopClosed(new Date('2026-11-24T07:00:00Z'));

  /** @param opensAt null if it never opens */
  constructor(opensAt: Date | null) {
    super('conflict', 'shop_closed', 'The shop is closed; nothing was charged', {
      extensions: { opens_at: opensAt?.toISOString() ?? null },
    });
  }
}

/** The staff takes no orders for now. Nothing was charged and the key is still free. */
export class OrderingPaused extends DomainError {
  static readonly example = new OrderingPaused(new Date('2026-11-24T10:15:00Z'));

  /** @param pausedUntil null if the pause has no end */
  constructor(pausedUntil: Date | null) {
    super('conflict', 'ordering_paused', 'The shop takes no orders for now; nothing was charged', {
      extensions: { paused_until: pausedUntil?.toISOString() ?? null },
    });
  }
}

/** As many orders are open as the shop accepts. Nothing was charged and the key is still free. */
export class ShopBusy extends DomainError {
  constructor() {
    super('conflict', 'shop_busy', 'The shop has as many open orders as it accepts; nothing was charged');
  }
}

export class OverlappingHours extends DomainError {
  static readonly example = new OverlappingHours('weekly.tue.0', 'weekly.mon.1');

  /** @param field the interval in the request that overlaps with an earlier one */
  constructor(field: string, earlier: string) {
    const message = `${field} overlaps with ${earlier}`;
    super('unprocessable', 'overlapping_hours', message, { fields: [{ field, message }] });
  }
}
