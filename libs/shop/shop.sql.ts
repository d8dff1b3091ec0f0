/**
 * The state of the shop at an instant $2 (null: now) in the zone $1, and in how many ms it changes without a write.
 *
 * The shop is open while the local clock is within its hours. `open` has them as a multirange of local times, which merges what adjoins.
 * The first change is the first instant at which it is open and was not, or the reverse. It is sought among the instants of all local
 * bounds and, on days with a change of the clocks, among all minutes: so the hour that happens twice is open twice, and the missing one
 * is skipped. Only days near today or near an exception can be the first to differ from the same day of the week before: those within 15
 * days, because a change of the clocks can hide a week.
 */
export const READ_STATE = `
  WITH clock AS MATERIALIZED (
    SELECT now, now AT TIME ZONE $1 AS local FROM (SELECT coalesce($2::timestamptz, clock_timestamp()) AS now) AS given),
  settings AS MATERIALIZED (SELECT * FROM shop_settings),
  exceptions AS MATERIALIZED (
    SELECT e.date, e.intervals FROM settings, json_to_recordset(exceptions) AS e(date date, intervals json)),
  starts AS (
    SELECT local::date AS day FROM clock
    UNION
    SELECT date FROM exceptions, clock WHERE date > local::date),
  known AS MATERIALIZED (SELECT range_agg(daterange(day, day + 16)) AS days FROM starts),
  days AS MATERIALIZED (SELECT DISTINCT day + n AS day FROM starts, generate_series(-1, 15) AS n),
  spans AS (
    SELECT tsrange(day + (i->>0)::time, day + (i->>1)::time + CASE WHEN i->>1 > i->>0 THEN '0' ELSE '1 day' END::interval) AS span
      FROM days
      LEFT JOIN exceptions e ON e.date = days.day
     CROSS JOIN settings
     CROSS JOIN json_array_elements(coalesce(e.intervals, weekly->to_char(days.day, 'dy'))) AS i),
  hours AS MATERIALIZED (
    SELECT CASE WHEN jsonb_path_exists(weekly::jsonb, '$.*[*]') OR json_array_length(exceptions) > 0
                THEN coalesce((SELECT range_agg(span) FROM spans), '{}')
                ELSE '{(,)}' END AS open
      FROM settings),
  instants AS (
    SELECT bound AT TIME ZONE $1 AS instant
      FROM hours, unnest(open) AS span, LATERAL (VALUES (lower(span)), (upper(span))) AS bounds(bound)
    UNION ALL
    SELECT generate_series(starts_at, ends_at, '1 minute')
      FROM days, LATERAL (SELECT day::timestamp AT TIME ZONE $1 AS starts_at, (day + 1)::timestamp AT TIME ZONE $1 AS ends_at) AS bounds
     WHERE ends_at - starts_at <> '24 hours'),
  present AS MATERIALIZED (SELECT now, open @> local AS is_open FROM clock, hours),
  later AS MATERIALIZED (
    SELECT instant, open @> (instant AT TIME ZONE $1) AS is_open FROM instants, hours, known, present
     WHERE instant > now AND days @> (instant AT TIME ZONE $1)::date),
  next AS MATERIALIZED (
    SELECT min(instant) AS change FROM later, present WHERE later.is_open <> present.is_open),
  following AS (
    SELECT min(instant) AS change FROM later, present, next WHERE instant > next.change AND later.is_open = present.is_open)
  SELECT now, weekly, exceptions, is_open AS "isOpen",
         CASE WHEN is_open THEN following.change ELSE next.change END AS "opensAt",
         CASE WHEN is_open THEN next.change ELSE following.change END AS "closesAt",
         pause.*, max_open_orders AS "maxOpenOrders",
         ceil(extract(epoch FROM least(next.change, "pausedUntil") - now) * 1000)::float AS "validForMs"
    FROM present, next, following, settings,
         LATERAL (SELECT paused AND coalesce(paused_until > now, true) AS "isPaused") AS paused,
         LATERAL (SELECT "isPaused", CASE WHEN "isPaused" THEN paused_until END AS "pausedUntil",
                         CASE WHEN "isPaused" THEN pause_reason END AS "pauseReason") AS pause`;

export const IS_FULL = 'SELECT shop_is_full($1) AS "isFull"';

/** CET, EET, MET and WET are also abbreviations. PostgreSQL prefers these, and they have no summer time. */
export const IS_TIME_ZONE = `
  SELECT EXISTS (SELECT FROM pg_timezone_names WHERE name = $1)
     AND ($1 IN ('UTC', 'GMT') OR NOT EXISTS (SELECT FROM pg_timezone_abbrevs WHERE abbrev = $1)) AS "isKnown"`;
