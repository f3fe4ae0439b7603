-- Column pruning.
SELECT id, name, value FROM `${dataset}_${size}.facts_1` WHERE name LIKE '%a%' AND value > 100
