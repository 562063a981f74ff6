-- One append at a time, of all servers. Positions are given out under this lock, and it is let go of
-- only after the commit is visible, so no reader ever sees a position before a smaller one.
CREATE FUNCTION hindsight.lock_log() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(7310582, 1)
$$;

-- The time that the clock shows; never before what was recorded.
CREATE FUNCTION hindsight.clock_time(clock bigint) RETURNS bigint LANGUAGE sql AS $$
  SELECT greatest(
    coalesce(clock, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint),
    (SELECT recorded_at FROM hindsight.events ORDER BY position DESC LIMIT 1)
  )
$$;

-- Appends commits, each answered by itself: repeated, conflict, taken or appended, looked at in this
-- order. The caller sees to it that the commits have nothing to do with each other: their streams,
-- commands and keys are different. Commits are numbered from 1; events, claims and releases say which
-- they belong to. `clock` is for tests.
CREATE FUNCTION hindsight.append(
  stream_types text[], stream_ids text[], expected_versions integer[],
  actors text[], correlation_ids text[], causation_ids text[],
  command_ids text[], command_digests text[], traceparents text[],
  event_commits integer[], event_ids text[], event_types text[], schema_versions integer[], datas text[],
  claim_commits integer[], claim_keys text[],
  release_commits integer[], release_keys text[],
  dry_run boolean, clock bigint
) RETURNS TABLE (commit integer, outcome text, actual_version integer, taken_key text, after bigint, recorded_at bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  tip    bigint;
  moment bigint;
BEGIN
  PERFORM hindsight.lock_log();
  tip := coalesce((SELECT max(position) FROM hindsight.events), 0);
  moment := greatest(hindsight.clock_time(clock), (SELECT passed + 1 FROM hindsight.clock));
  RETURN QUERY
  WITH given AS (
    SELECT * FROM unnest(
      stream_types, stream_ids, expected_versions, actors, correlation_ids, causation_ids,
      command_ids, command_digests, traceparents
    ) WITH ORDINALITY AS g (
      stream_type, stream_id, expected, actor, correlation_id, causation_id,
      command_id, command_digest, traceparent, n
    )
  ), looked_at AS MATERIALIZED (
    SELECT g.*,
      -- Not EXISTS: a plan made while the table was small would look through all of it.
      (
        SELECT true FROM hindsight.events e WHERE e.command_id = g.command_id LIMIT 1
      ) IS NOT NULL AS is_repeated,
      coalesce((
        SELECT e.version FROM hindsight.events e
        WHERE e.stream_type = g.stream_type AND e.stream_id = g.stream_id
        ORDER BY e.version DESC LIMIT 1
      ), 0) AS actual,
      (
        SELECT k.key FROM unnest(claim_commits, claim_keys) WITH ORDINALITY AS k (n, key, place)
        WHERE k.n = g.n AND (
          SELECT true FROM hindsight.claims c
          WHERE c.key = k.key AND (c.stream_type, c.stream_id) <> (g.stream_type, g.stream_id)
          LIMIT 1
        )
        ORDER BY k.place LIMIT 1
      ) AS taken
    FROM given g
  ), answered AS MATERIALIZED (
    SELECT l.*, CASE
      WHEN is_repeated THEN 'repeated'
      WHEN actual <> expected THEN 'conflict'
      WHEN taken IS NOT NULL THEN 'taken'
      ELSE 'appended'
    END AS outcome
    FROM looked_at l
  ), placed AS MATERIALIZED (
    SELECT a.*, e.id, e.type, e.schema_version, e.data,
      tip + row_number() OVER (ORDER BY a.n, e.place) AS position,
      a.actual + row_number() OVER (PARTITION BY a.n ORDER BY e.place) AS version
    FROM answered a
    JOIN unnest(event_commits, event_ids, event_types, schema_versions, datas)
      WITH ORDINALITY AS e (n, id, type, schema_version, data, place) ON e.n = a.n
    WHERE a.outcome = 'appended'
  ), recorded AS (
    INSERT INTO hindsight.events (
      position, stream_type, stream_id, version, id, type, schema_version, data, recorded_at,
      actor, correlation_id, causation_id, command_id, command_digest, traceparent
    )
    SELECT
      position, stream_type, stream_id, version, id, type, schema_version, data::json, moment,
      actor, correlation_id, causation_id, command_id, command_digest, traceparent
    FROM placed WHERE NOT dry_run
    ORDER BY position
  ), released AS (
    DELETE FROM hindsight.claims c
    USING answered a JOIN unnest(release_commits, release_keys) AS r (n, key) ON r.n = a.n
    WHERE NOT dry_run AND a.outcome = 'appended'
      AND c.key = r.key AND c.stream_type = a.stream_type AND c.stream_id = a.stream_id
      AND NOT EXISTS (
        SELECT FROM unnest(claim_commits, claim_keys) AS k (n, key) WHERE k.n = r.n AND k.key = r.key
      )
  ), claimed AS (
    INSERT INTO hindsight.claims (key, stream_type, stream_id)
    SELECT DISTINCT k.key, a.stream_type, a.stream_id
    FROM answered a JOIN unnest(claim_commits, claim_keys) AS k (n, key) ON k.n = a.n
    WHERE NOT dry_run AND a.outcome = 'appended'
    ON CONFLICT DO NOTHING
  )
  SELECT a.n::integer, a.outcome, a.actual, a.taken, min(p.position) - 1, moment
  FROM answered a LEFT JOIN placed p ON p.n = a.n
  GROUP BY a.n, a.outcome, a.actual, a.taken
  ORDER BY a.n;
  PERFORM pg_notify('hindsight', 'log ' || e.position)
    FROM (SELECT max(position) AS position FROM hindsight.events) e WHERE e.position > tip;
END
$$;
