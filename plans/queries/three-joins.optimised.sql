-- Join reordering and flattening: the smallest side first, filtered before it is joined.
SELECT a.category, COUNT(*) AS n, SUM(b.value) AS total
FROM (SELECT id FROM `${dataset}_${size}.facts_3` WHERE value > 500) AS c
JOIN `${dataset}_${size}.facts_1` AS a ON a.id = c.id
JOIN `${dataset}_${size}.facts_2` AS b ON b.id = c.id
GROUP BY a.category
ORDER BY a.category
