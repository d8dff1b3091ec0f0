import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { User } from '#auth';
import { Product, Variation } from '#catalog';
import { dataSourceOptions } from '#database';
import { IdempotencyKeyRecord } from '#placements';
import { Notification, NotificationAttempt } from '#notifications';
import { Order, OrderItem, StatusTransition } from '#orders';
import { Payment } from '#payments';
import { Placement, PlacementResolution } from '#placements';
import { Config } from '#config';
import { migrations } from './migrations/index.js';

/** For TypeORM's command line and for tests: every entity and migration, on DATABASE_URL. */
export default new DataSource({
  ...dataSourceOptions(Config.from().databaseUrl),
  entities: [
    User,
    Product,
    Variation,
    IdempotencyKeyRecord,
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
