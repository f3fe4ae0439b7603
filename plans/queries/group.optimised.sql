-- Aggregation: rows are counted without reading a column for it.
SELECT category, active, COUNT(*) AS n
FROM `${dataset}_${size}.facts_1`
GROUP BY category, active
ORDER BY category, active
