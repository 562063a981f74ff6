-- The log. Times are milliseconds since 1970 in UTC, so that they come back exactly as they were.
CREATE TABLE hindsight.events (
  position       bigint  PRIMARY KEY,
  stream_type    text    COLLATE "C" NOT NULL,
  stream_id      text    COLLATE "C" NOT NULL,
  version        integer NOT NULL,
  id             text    COLLATE "C" NOT NULL,
  type           text    COLLATE "C" NOT NULL,
  schema_version integer NOT NULL,
  -- json keeps the text as it came: the order of keys and every escape.
  data           json    NOT NULL,
  recorded_at    bigint  NOT NULL,
  actor          text,
  correlation_id text    COLLATE "C" NOT NULL,
  causation_id   text,
  command_id     text    COLLATE "C",
  command_digest text,
  traceparent    text,
  UNIQUE (stream_type, stream_id, version)
);

CREATE INDEX events_of_a_command ON hindsight.events (command_id, position) WHERE command_id IS NOT NULL;
CREATE INDEX events_of_a_request ON hindsight.events (correlation_id, position);
CREATE INDEX beginnings ON hindsight.events (stream_type, position) WHERE version = 1;

CREATE FUNCTION hindsight.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The log is only appended to: % is refused.', TG_OP;
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hindsight.events
  FOR EACH STATEMENT EXECUTE FUNCTION hindsight.refuse_change();

-- Keys that must be unique among aggregates, and who holds them. A log from before there was such a
-- key may have several holders of it.
CREATE TABLE hindsight.claims (
  key         text COLLATE "C" NOT NULL,
  stream_type text COLLATE "C" NOT NULL,
  stream_id   text COLLATE "C" NOT NULL,
  PRIMARY KEY (key, stream_type, stream_id)
);
CREATE INDEX claims_of_a_stream ON hindsight.claims (stream_type, stream_id);

-- By which rules of which type of aggregate the claims were folded from the log.
CREATE TABLE hindsight.claim_rules (
  stream_type text COLLATE "C" PRIMARY KEY,
  version     integer NOT NULL
);

-- Nothing is recorded from now on at or before this time: somebody was told what the log held then.
CREATE TABLE hindsight.clock (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  passed   bigint
);
INSERT INTO hindsight.clock DEFAULT VALUES;
