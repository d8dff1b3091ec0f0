import 'reflect-metadata';
import { AUDIT_ENTITIES } from '#audit';
import { AUTH_ENTITIES } from '#auth';
import { CATALOG_ENTITIES } from '#catalog';
import { Config } from '#config';
import { MigrationDataSource } from '#database';
import { NOTIFICATION_ENTITIES } from '#notifications';
import { ORDER_ENTITIES } from '#orders';
import { PAYMENT_ENTITIES } from '#payments';
import { PLACEMENT_ENTITIES } from '#placements';
import { REFUND_ENTITIES } from '#refunds';
import { RETENTION_ENTITIES } from '#retention';
import { SESSION_ENTITIES } from '#sessions';
import { SHOP_ENTITIES } from '#shop';
import { USER_ENTITIES } from '#users';
import { migrations } from './migrations/index.js';

/** For TypeORM's command line and for tests: every entity and migration, on DATABASE_DIRECT_URL. */
export default new MigrationDataSource(Config.forCommand().directDatabaseUrl, {
  entities: [
    ...AUDIT_ENTITIES,
    ...SESSION_ENTITIES,
    ...USER_ENTITIES,
    ...AUTH_ENTITIES,
    ...CATALOG_ENTITIES,
    ...PAYMENT_ENTITIES,
    ...NOTIFICATION_ENTITIES,
    ...SHOP_ENTITIES,
    ...REFUND_ENTITIES,
    ...ORDER_ENTITIES,
    ...PLACEMENT_ENTITIES,
    ...RETENTION_ENTITIES,
  ],
  migrations,
});
