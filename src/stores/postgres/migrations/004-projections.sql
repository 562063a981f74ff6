-- How far each version of each projection is. Its rows stand in a table of its own, and both change in
-- one statement.
CREATE TABLE hindsight.projections (
  name     text    COLLATE "C" NOT NULL,
  version  integer NOT NULL,
  position bigint  NOT NULL DEFAULT 0,
  rows     bigint  NOT NULL DEFAULT 0,
  PRIMARY KEY (name, version)
);
