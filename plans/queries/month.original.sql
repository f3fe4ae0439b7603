-- One month of one category, out of all rows.
SELECT active, COUNT(*) AS n, SUM(value) AS total
FROM `${dataset}_${size}.facts_1`
WHERE created_at >= '2025-02-01' AND created_at < '2025-03-01' AND category = 'alpha'
GROUP BY active
