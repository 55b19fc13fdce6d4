-- How far each journal is in the database; written together with the rows.
CREATE TABLE projection (
  journal VARCHAR(60) PRIMARY KEY,
  position BIGINT NOT NULL
);

-- What each agent was last told of themselves, for a server that starts again.
CREATE TABLE seat (
  agent VARCHAR(80) PRIMARY KEY,
  presence VARCHAR(20) NOT NULL,
  reason VARCHAR(80) NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL
);
