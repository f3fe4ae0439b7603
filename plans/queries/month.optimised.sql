-- Partition pruning and clusters: the same rows in a table that is cut by months and sorted by category.
SELECT active, COUNT(*) AS n, SUM(value) AS total
FROM `${dataset}_${size}.facts_1_by_month`
WHERE created_at >= '2025-02-01' AND created_at < '2025-03-01' AND category = 'alpha'
GROUP BY active
