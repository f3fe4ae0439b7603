-- Names by pattern, whole rows.
SELECT * FROM facts_1 WHERE name LIKE '%a%' AND value > 100
