// Orders, always the same ones; every tenth has something wrong with it.

const categories = ['books', 'games', 'music', 'tools', 'toys'];

/** So many orders, one after the other. */
export function* orders(count) {
  for (let id = 1; id <= count; id += 1) {
    const cents = ((id * 7919) % 9973) + 1;
    const category = categories[id % categories.length];
    yield id % 10 === 0
      ? { id, category: ` ${category.toUpperCase()} `, cents: -cents }
      : { id, category, cents };
  }
}

/** The order itself if it is good, else a good one. */
export function repaired(order) {
  const category = order.category.trim().toLowerCase();
  if (category === order.category && order.cents > 0) return order;
  return { ...order, category, cents: Math.abs(order.cents) };
}
