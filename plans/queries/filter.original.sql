-- Two columns of one category: nothing to prune, nothing to push down.
SELECT name, value FROM `${dataset}_${size}.facts_1` WHERE category = 'alpha' ORDER BY id LIMIT 100
