-- Three tables joined, then filtered by a subquery around them, then grouped.
SELECT category, COUNT(*) AS n, SUM(b_value) AS total
FROM (
  SELECT a.category, b.value AS b_value, c.value AS c_value
  FROM `${dataset}_${size}.facts_1` AS a
  JOIN `${dataset}_${size}.facts_2` AS b ON a.id = b.id
  JOIN `${dataset}_${size}.facts_3` AS c ON b.id = c.id
) AS joined
WHERE c_value > 500
GROUP BY category
ORDER BY category
