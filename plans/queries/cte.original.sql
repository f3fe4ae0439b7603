-- What is above the average of its category: the table is read twice, and joined with itself.
WITH averages AS (
  SELECT category, AVG(value) AS average FROM `${dataset}_${size}.facts_1` GROUP BY category
)
SELECT f.id, f.name, f.value
FROM (SELECT * FROM `${dataset}_${size}.facts_1`) AS f
JOIN averages ON f.category = averages.category
WHERE f.value > averages.average
ORDER BY f.value DESC, f.id
