// How benchmarks print.

export const short = (value) => (Number.isInteger(value) ? String(value) : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** A spread as 'median (quartiles)'; one measurement alone, or several that are the same, have none. */
export function said({ median, low, high }, scale = 1) {
  const text = short(median * scale);
  return low === high ? text : `${text} (${short(low * scale)}–${short(high * scale)})`;
}

/** Rows of cells, right-aligned but for the first two columns. */
export function table(head, rows) {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => String(row[i]).length)));
  for (const row of [head, ...rows]) console.log(row.map((cell, i) => (i < 2 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]))).join('  '));
}
