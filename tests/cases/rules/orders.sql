CREATE TABLE orders (id INTEGER, city VARCHAR, amount DOUBLE, paid BOOLEAN, day DATE, "at" TIMESTAMP);
INSERT INTO orders VALUES
  (1, 'Paris',           10.5, true,  DATE '2026-01-01', TIMESTAMP '2026-01-01 08:00:00'),
  (2, 'Paris',           20,   false, DATE '2026-01-02', TIMESTAMP '2026-01-02 09:30:00'),
  (3, 'Lyon',            30,   true,  DATE '2026-01-01', TIMESTAMP '2026-01-01 10:00:00'),
  (4, 'Lyon',            10.5, NULL,  DATE '2026-02-01', TIMESTAMP '2026-02-01 08:00:00'),
  (5, 'paris',           40,   true,  DATE '2026-01-02', TIMESTAMP '2026-01-02 09:30:00'),
  (6, NULL,              50,   true,  NULL,              NULL),
  (7, '',                NULL, false, DATE '2026-03-01', TIMESTAMP '2026-03-01 00:00:00'),
  (8, 'x'' OR ''1''=''1', 60,  true,  DATE '2026-03-02', TIMESTAMP '2026-03-02 23:59:59');
