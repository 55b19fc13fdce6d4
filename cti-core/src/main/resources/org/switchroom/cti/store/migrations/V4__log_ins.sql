-- Who is logged in, so that nobody logs in a second time because the server has started again. Only
-- a hash of what the browser holds is kept.
CREATE TABLE log_in (
  token_hash VARCHAR(64) PRIMARY KEY,
  user_name VARCHAR(100) NOT NULL,
  until TIMESTAMP WITH TIME ZONE NOT NULL
);
