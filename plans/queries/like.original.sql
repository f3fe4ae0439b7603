-- Names by pattern, whole rows.
SELECT * FROM `${dataset}_${size}.facts_1` WHERE name LIKE '%a%' AND value > 100
