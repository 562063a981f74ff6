-- The last position recorded at or before a time. Positions have no gap and times never decrease, so
-- it is found by halving.
CREATE FUNCTION hindsight.position_at(moment bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  low    bigint := 0;
  high   bigint := coalesce((SELECT max(position) FROM hindsight.events), 0);
  middle bigint;
BEGIN
  WHILE low < high LOOP
    middle := (low + high + 1) / 2;
    IF (SELECT recorded_at FROM hindsight.events WHERE position = middle) <= moment THEN
      low := middle;
    ELSE
      high := middle - 1;
    END IF;
  END LOOP;
  RETURN low;
END
$$;

-- How many events a stream held at a position, found in the same way.
CREATE FUNCTION hindsight.version_at(of_type text, of_id text, at bigint) RETURNS integer
LANGUAGE plpgsql STABLE AS $$
DECLARE
  low    integer := 0;
  high   integer := coalesce((
    SELECT version FROM hindsight.events
    WHERE stream_type = of_type AND stream_id = of_id ORDER BY version DESC LIMIT 1
  ), 0);
  middle integer;
BEGIN
  WHILE low < high LOOP
    middle := (low + high + 1) / 2;
    IF (
      SELECT position FROM hindsight.events
      WHERE stream_type = of_type AND stream_id = of_id AND version = middle
    ) <= at THEN
      low := middle;
    ELSE
      high := middle - 1;
    END IF;
  END LOOP;
  RETURN low;
END
$$;

-- The same as position_at, final for a time that has come: nothing is recorded at or before it later.
-- What is older than the last event is final already, and so is what was asked for before. Else the
-- appends under way are waited for, and later ones are told to come after.
CREATE FUNCTION hindsight.final_position_at(moment bigint, clock bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
BEGIN
  IF moment < (SELECT recorded_at FROM hindsight.events ORDER BY position DESC LIMIT 1)
    OR moment <= (SELECT passed FROM hindsight.clock)
    OR moment > hindsight.clock_time(clock)
  THEN
    RETURN hindsight.position_at(moment);
  END IF;
  PERFORM hindsight.lock_log();
  -- A crash that loses this takes longer than the clock needs to pass that time.
  PERFORM set_config('synchronous_commit', 'off', true);
  UPDATE hindsight.clock SET passed = greatest(passed, moment);
  RETURN hindsight.position_at(moment);
END
$$;
