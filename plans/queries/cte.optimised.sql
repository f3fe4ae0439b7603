-- CTE conversion: one pass with a window.
SELECT id, name, value
FROM (
  SELECT id, name, value, AVG(value) OVER (PARTITION BY category) AS average FROM `${dataset}_${size}.facts_1`
) AS f
WHERE value > average
ORDER BY value DESC, id
