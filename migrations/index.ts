import { Users1763900000001 } from './1763900000001-users.js';
import { Catalog1763900000002 } from './1763900000002-catalog.js';
import { Orders1763900000003 } from './1763900000003-orders.js';
import { Placements1763900000004 } from './1763900000004-placements.js';
import { Notifications1763900000005 } from './1763900000005-notifications.js';
import { LoginFailures1763900000006 } from './1763900000006-login-failures.js';
import { LighterPlacements1763900000007 } from './1763900000007-lighter-placements.js';
import { KnownLogins1764100000001 } from './1764100000001-known-logins.js';
import { JsonAsText1764100000002 } from './1764100000002-json-as-text.js';
import { RetriesAndOrderLookup1764100000003 } from './1764100000003-retries-and-order-lookup.js';
import { LinesWithoutVariation1764100000005 } from './1764100000005-lines-without-variation.js';
import { CancelledStatus1764200000001 } from './1764200000001-cancelled-status.js';
import { OrderNumbersAndNames1764200000002 } from './1764200000002-order-numbers-and-names.js';
import { Refunds1764200000003 } from './1764200000003-refunds.js';
import { Sessions1764300000001 } from './1764300000001-sessions.js';
import { AuditLog1764300000002 } from './1764300000002-audit-log.js';
import { UserAccounts1764300000003 } from './1764300000003-user-accounts.js';
import { BaristaRole1764300000004 } from './1764300000004-barista-role.js';
import { SoldOut1764500000001 } from './1764500000001-sold-out.js';
import { ShopSettings1764500000002 } from './1764500000002-shop-settings.js';
import { StreamTickets1764500000003 } from './1764500000003-stream-tickets.js';
import { OrderSearchAndReports1764500000004 } from './1764500000004-order-search-and-reports.js';
import { Traceparents1764600000002 } from './1764600000002-traceparents.js';
import { ProviderKeys1764700000001 } from './1764700000001-provider-keys.js';
import { Retention1764700000002 } from './1764700000002-retention.js';
import { Autovacuum1764700000003 } from './1764700000003-autovacuum.js';
import { ValidatedRefundLimit1764700000004 } from './1764700000004-validated-refund-limit.js';

/** In the order in which they run. */
export const migrations = [
  Users1763900000001,
  Catalog1763900000002,
  Orders1763900000003,
  Placements1763900000004,
  Notifications1763900000005,
  LoginFailures1763900000006,
  LighterPlacements1763900000007,
  KnownLogins1764100000001,
  JsonAsText1764100000002,
  RetriesAndOrderLookup1764100000003,
  LinesWithoutVariation1764100000005,
  CancelledStatus1764200000001,
  OrderNumbersAndNames1764200000002,
  Refunds1764200000003,
  Sessions1764300000001,
  AuditLog1764300000002,
  UserAccounts1764300000003,
  BaristaRole1764300000004,
  SoldOut1764500000001,
  ShopSettings1764500000002,
  StreamTickets1764500000003,
  OrderSearchAndReports1764500000004,
  Traceparents1764600000002,
  ProviderKeys1764700000001,
  Retention1764700000002,
  Autovacuum1764700000003,
  ValidatedRefundLimit1764700000004,
];
