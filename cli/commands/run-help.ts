/** What `plan run --help` says after the options. */
export const runHelp = `
Examples:
  plan run plans/quickstart.yaml
  plan run plans/api-load.yaml -Jusers=50 -e staging -l results.jtl
  plan run -n -t plans/quickstart.yaml -l out.jtl -Jduration=5s
  plan run --once plans/quickstart.yaml --har requests.har

Percentiles are the value at the nearest rank, exact to 0.1 % (docs/measurement.md defines every figure).

Exit codes: 0 passed, or finished where the plan has no thresholds; 99 a threshold or set-up failed,
no sample was taken, thresholds could not be judged, or the figures are not valid (--health fail); 104 the plan or an option is wrong;
105 interrupted; 109 the engine failed or lost a worker; 110 results could not be written. With --once: 0 every sample
succeeded, 99 one did not.`;
