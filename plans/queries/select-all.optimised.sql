-- Column pruning: BigQuery reads, and bills, the columns that are named.
SELECT id, name, value FROM `${dataset}_${size}.facts_1` ORDER BY id LIMIT 100
