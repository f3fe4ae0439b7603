/** Where BigQuery is, unless a plan says otherwise. */
export const realEndpoint = 'https://bigquery.googleapis.com';
