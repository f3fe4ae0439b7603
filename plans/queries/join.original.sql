-- Two tables joined, of which a thousand rows are wanted.
SELECT a.id, a.name, b.value
FROM facts_1 AS a
JOIN facts_2 AS b ON a.id = b.id
LIMIT 1000
