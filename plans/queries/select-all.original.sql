-- The first hundred rows, whole.
SELECT * FROM facts_1 ORDER BY id LIMIT 100
