-- Two tables joined, of which the first thousand rows are wanted.
SELECT a.id, a.name, b.value
FROM facts_1 AS a
JOIN facts_2 AS b ON a.id = b.id
ORDER BY a.id
LIMIT 1000
