-- The first hundred rows, whole.
SELECT * FROM facts_1 LIMIT 100
