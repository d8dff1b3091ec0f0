import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Tx } from '#database';
import { ShopSettings } from './shop-settings.entity.js';
import type { ShopState } from './shop.js';
import { IS_FULL, IS_TIME_ZONE, READ_STATE } from './shop.sql.js';

type StateRow = ShopState & { validForMs: number | null };

/** The settings of the shop. */
@Injectable()
export class ShopRepository {
  constructor(@InjectRepository(ShopSettings) private readonly settings: Repository<ShopSettings>) {}

  /** Returns the state of the shop now, and in how many ms it changes without a write. */
  async read(timeZone: string, tx?: Tx): Promise<StateRow> {
    const [state] = await (tx ?? this.settings).query<StateRow[]>(READ_STATE, [timeZone, null]);
    if (!state) throw new Error('The row of shop_settings is missing');
    return state;
  }

  /** Locks the settings until the transaction ends. */
  async lock(tx: Tx): Promise<void> {
    await tx.findOneOrFail(ShopSettings, { where: { id: true }, lock: { mode: 'pessimistic_write' } });
  }

  async write(changes: Partial<ShopSettings>, tx: Tx): Promise<void> {
    await tx.update(ShopSettings, { id: true }, changes);
  }

  /** Returns whether at least `maxOpenOrders` orders are open, those included whose charge runs or is unknown. */
  async isFull(maxOpenOrders: number, tx?: Tx): Promise<boolean> {
    const [row] = await (tx ?? this.settings).query<{ isFull: boolean }[]>(IS_FULL, [maxOpenOrders]);
    return row?.isFull === true;
  }

  /** Returns whether PostgreSQL knows a time zone by this name and does not take it for an abbreviation. */
  async isTimeZone(name: string): Promise<boolean> {
    const [row] = await this.settings.query<{ isKnown: boolean }[]>(IS_TIME_ZONE, [name]);
    return row?.isKnown === true;
  }
}
