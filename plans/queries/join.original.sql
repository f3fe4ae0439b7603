-- Two tables joined, of which the first thousand rows are wanted.
SELECT a.id, a.name, b.value
FROM `${dataset}_${size}.facts_1` AS a
JOIN `${dataset}_${size}.facts_2` AS b ON a.id = b.id
ORDER BY a.id
LIMIT 1000
