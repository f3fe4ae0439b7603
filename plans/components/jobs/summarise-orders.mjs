// A batch job of the kind that a pipeline runs: makes so many orders, repairs the bad ones and sums them up.
// Usage: node summarise-orders.mjs ROWS. Writes one line of JSON.
import { orders, repaired } from './orders.mjs';

const count = Number(process.argv[2] ?? 1000);
if (!Number.isInteger(count) || count < 1) {
  process.stderr.write(`ROWS must be a whole number above 0, got "${process.argv[2]}".\n`);
  process.exit(2);
}

const sums = {};
let repairs = 0;
for (const order of orders(count)) {
  const good = repaired(order);
  if (good !== order) repairs += 1;
  sums[good.category] = (sums[good.category] ?? 0) + good.cents;
}
process.stdout.write(`${JSON.stringify({ rows: count, repairs, sums })}\n`);
