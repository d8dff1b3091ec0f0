import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { User } from '#auth';
import { Product, Variation } from '#catalog';
import { dataSourceOptions } from '#database';
import { UsedIdempotencyKey } from '#idempotency';
import { Notification, NotificationAttempt } from '#notifications';
import { Order, OrderItem, Payment, Placement, PlacementResolution, StatusTransition } from '#orders';
import { Config } from '#platform';
import { migrations } from './migrations/index.js';

/** For TypeORM's command line and for tests: every entity and migration, on DATABASE_URL. */
export default new DataSource({
  ...dataSourceOptions(Config.from().databaseUrl),
  entities: [
    User,
    Product,
    Variation,
    UsedIdempotencyKey,
    Notification,
    NotificationAttempt,
    Order,
    OrderItem,
    Payment,
    StatusTransition,
    Placement,
    PlacementResolution,
  ],
  migrations,
});
