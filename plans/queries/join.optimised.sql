-- Predicate pushdown: each row has its partner, so that the thousand can be chosen before the join.
SELECT a.id, a.name, b.value
FROM (SELECT id, name FROM `${dataset}_${size}.facts_1` ORDER BY id LIMIT 1000) AS a
JOIN `${dataset}_${size}.facts_2` AS b ON a.id = b.id
