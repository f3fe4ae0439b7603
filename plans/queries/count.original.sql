-- How many rows there are: answered from metadata, there is no better form.
SELECT COUNT(*) AS n FROM `${dataset}_${size}.facts_1`
