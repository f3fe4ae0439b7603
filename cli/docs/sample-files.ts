/** The files that examples read: they lie in the plan's folder. Printed in the documents; the tests write them. */
export const sampleFiles: Readonly<Record<string, string>> = {
  'users.csv': 'user,password\nann,first secret\nbob,second secret\n',
  'orders.xml': '<orders>\n  <order id="7">open</order>\n  <order id="8">closed</order>\n</orders>\n',
  'issues.jsonl':
    '{ "type": "data_quality", "severity": "high" }\n{ "type": "performance", "severity": "low" }\n',
};
