-- Rows by category and state, counted by a column.
SELECT category, active, COUNT(id) AS n
FROM `${dataset}_${size}.facts_1`
GROUP BY category, active
ORDER BY category, active
