-- What a server that starts again must know. Each row is the last record that was written of the
-- agent, or of the call that is not over, as the journal has it.
CREATE TABLE live_call (
  call VARCHAR(150) PRIMARY KEY,
  said TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL
);

ALTER TABLE seat ADD COLUMN said TEXT;
UPDATE seat SET said =
  '{"kind":"SeatChanged","agent":"' || REPLACE(REPLACE(agent, '\', '\\'), '"', '\"')
  || '","presence":"' || presence
  || '","reason":"' || REPLACE(REPLACE(reason, '\', '\\'), '"', '\"')
  || '","at":"2000-01-01T00:00:00Z","wrapUp":null,"task":""}';
ALTER TABLE seat ALTER COLUMN said SET NOT NULL;
ALTER TABLE seat DROP COLUMN presence;
ALTER TABLE seat DROP COLUMN reason;
