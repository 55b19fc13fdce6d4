-- In which call an agent has written a customer down; null: they came otherwise. Asked for twice, by
-- a double click, two screens or a line that broke, there is one customer.
ALTER TABLE customer ADD COLUMN made_in VARCHAR(150);
ALTER TABLE customer ADD COLUMN made_by VARCHAR(80);
CREATE UNIQUE INDEX customer_made ON customer (made_in, made_by);
