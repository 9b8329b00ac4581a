// Medians, and how far apart the middle half of the measurements is. Runs in Node and in browsers.

/** `part` of the way through the sorted values, between two of them in proportion. */
function quantile(sorted, part) {
  const at = (sorted.length - 1) * part, below = Math.floor(at);
  return sorted[below] + (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]) * (at - below);
}

/** → { median, low, high, count }: `low` and `high` are the quartiles. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75), count: sorted.length };
}

/** One field of many records, as a spread. */
export const of = (records, field) => spread(records.map((record) => record[field]));

/** How many times the other's median ours is. */
export const ratio = (ours, other) => ours.median / other.median;
