import { Users1763900000001 } from './1763900000001-users.js';
import { Catalog1763900000002 } from './1763900000002-catalog.js';
import { Orders1763900000003 } from './1763900000003-orders.js';
import { Placements1763900000004 } from './1763900000004-placements.js';
import { Notifications1763900000005 } from './1763900000005-notifications.js';
import { LoginFailures1763900000006 } from './1763900000006-login-failures.js';
import { LighterPlacements1763900000007 } from './1763900000007-lighter-placements.js';
import { JsonAsText1764100000002 } from './1764100000002-json-as-text.js';

/** In the order in which they run. */
export const migrations = [
  Users1763900000001,
  Catalog1763900000002,
  Orders1763900000003,
  Placements1763900000004,
  Notifications1763900000005,
  LoginFailures1763900000006,
  LighterPlacements1763900000007,
  JsonAsText1764100000002,
];
