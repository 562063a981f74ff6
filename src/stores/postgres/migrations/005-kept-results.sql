-- What folds came to on their way along long streams, so that a server that has just started need not
-- begin at the first event. Not written ahead: a crash may lose all of it, and it is made anew.
CREATE UNLOGGED TABLE hindsight.kept_results (
  fold        text    COLLATE "C" NOT NULL,
  stream_type text    COLLATE "C" NOT NULL,
  stream_id   text    COLLATE "C" NOT NULL,
  version     integer NOT NULL,
  result      json    NOT NULL,
  -- The oldest are dropped when there are too many.
  made        bigint  GENERATED ALWAYS AS IDENTITY UNIQUE,
  PRIMARY KEY (fold, stream_type, stream_id, version)
);
