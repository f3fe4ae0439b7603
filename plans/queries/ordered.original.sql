-- Names by pattern, whole rows, greatest first.
SELECT * FROM `${dataset}_${size}.facts_1` WHERE name LIKE '%a%' AND value > 100 ORDER BY value DESC, id
