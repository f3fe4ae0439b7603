-- Column pruning.
SELECT id, name, value FROM facts_1 WHERE name LIKE '%a%' AND value > 100
