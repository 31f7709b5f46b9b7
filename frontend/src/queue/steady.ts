/** The order in which a list is drawn: the server's, but what one points at or has open stays where it is. Pure. */
export function steady(wanted: readonly number[], shown: readonly number[], pinned: ReadonlySet<number>): number[] {
  const kept = shown
    .map((number, index) => ({ number, index }))
    .filter(({ number }) => pinned.has(number) && wanted.includes(number));
  const order = wanted.filter((number) => !kept.some((pin) => pin.number === number));
  for (const { number, index } of kept) order.splice(Math.min(index, order.length), 0, number);
  return order;
}
