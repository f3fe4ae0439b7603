-- The first hundred rows, whole.
SELECT * FROM `${dataset}_${size}.facts_1` ORDER BY id LIMIT 100
