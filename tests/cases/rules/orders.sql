-- Read by every engine: only what all of them understand. The days of the rows from 9 on lie around
-- 2024-10-04, which is today in the cases.
CREATE TABLE orders (id BIGINT, city VARCHAR, amount DOUBLE PRECISION, paid BOOLEAN, day DATE, "at" TIMESTAMP);
INSERT INTO orders VALUES
  (1, 'Paris',           10.5, true,  DATE '2026-01-01', TIMESTAMP '2026-01-01 08:00:00'),
  (2, 'Paris',           20,   false, DATE '2026-01-02', TIMESTAMP '2026-01-02 09:30:00'),
  (3, 'Lyon',            30,   true,  DATE '2026-01-01', TIMESTAMP '2026-01-01 10:00:00'),
  (4, 'Lyon',            10.5, NULL,  DATE '2026-02-01', TIMESTAMP '2026-02-01 08:00:00'),
  (5, 'paris',           40,   true,  DATE '2026-01-02', TIMESTAMP '2026-01-02 09:30:00'),
  (6, NULL,              50,   true,  NULL,              NULL),
  (7, '',                NULL, false, DATE '2026-03-01', TIMESTAMP '2026-03-01 00:00:00'),
  (8, 'x'' OR ''1''=''1', 60,  true,  DATE '2026-03-02', TIMESTAMP '2026-03-02 23:59:59'),
  (9, 'Zürich', CAST('NaN' AS DOUBLE PRECISION), NULL, DATE '2024-10-04', TIMESTAMP '2024-10-04 00:00:00'),
  (10, 'Zu' || chr(776) || 'rich', CAST('Infinity' AS DOUBLE PRECISION), NULL, DATE '2024-10-03', TIMESTAMP '2024-10-03 23:59:59'),
  (11, '100%', CAST('-Infinity' AS DOUBLE PRECISION), NULL, DATE '2024-10-05', TIMESTAMP '2024-10-05 00:00:00'),
  (12, '100x', 0, NULL, DATE '2024-09-27', TIMESTAMP '2024-09-27 00:00:00'),
  (13, 'a_b', CAST('-0' AS DOUBLE PRECISION), NULL, DATE '2024-09-26', TIMESTAMP '2024-09-26 23:59:59'),
  (14, 'axb', 9007199254740992, NULL, DATE '1600-02-29', TIMESTAMP '1969-12-31 23:59:59'),
  (15, chr(129436) || ' Macaw', 1e308, NULL, NULL, NULL),
  (16, chr(8238) || 'Paris', NULL, NULL, DATE '9999-12-31', TIMESTAMP '9999-12-31 23:59:59'),
  (17, ' Paris', -10.5, NULL, NULL, NULL),
  (18, 'O''Hare "x"; --', 0.1, NULL, NULL, NULL),
  (19, 'C:\temp*', NULL, NULL, NULL, NULL),
  (9007199254740992, 'big', NULL, NULL, NULL, NULL),
  (9007199254740993, 'big', NULL, NULL, NULL, NULL);
