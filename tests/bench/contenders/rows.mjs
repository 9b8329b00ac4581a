// What the peers' pages have in common: what they ask for, and what they make of a job. The same work for both.

const two = (value) => String(value).padStart(2, '0');

/** '2026-11-20 10:00:00 AM', as the service's filter wants it (AZURE.md §2.1). */
function filter_time(at) {
  const hours = at.getUTCHours();
  return `${at.toISOString().slice(0, 10)} ${two(((hours + 11) % 12) + 1)}:${two(at.getUTCMinutes())}:00 ${hours < 12 ? 'AM' : 'PM'}`;
}

/** The last two weeks, from a full hour to a full hour: repeated, its URLs are the same, and need no second preflight where the cache may be used. */
export function last_two_weeks() {
  const hour = 3_600_000, now = Math.floor(Date.now() / hour) * hour;
  return `startTime eq '${filter_time(new Date(now - 14 * 24 * hour + hour))}' and endTime eq '${filter_time(new Date(now + 2 * hour))}'`;
}

/** What a table shows of a job. */
export const row_of = ({ id, name, properties: p }) => ({
  id, name, item: p.entityFriendlyName, operation: p.operation, status: p.status, start: new Date(p.startTime), duration: p.duration, error: p.errorDetails?.[0]?.errorString ?? p.errorDetails?.[0]?.errorTitle ?? '',
});

/** The peers' tables: plain rows, as many cells as our element has. */
export function draw(rows) {
  const table = document.createElement('table'), body = table.createTBody();
  for (const { status, item, operation, start, duration, error } of rows) {
    const row = body.insertRow();
    for (const text of [status, item, operation, start.toLocaleString(), duration, error]) row.insertCell().textContent = text;
  }
  document.body.append(table);
}

/** How a peer lists: page after page until there is no next one. `pages`: an async iterable of arrays of jobs. */
export function lister(pages) {
  let rows = [];
  const read = async () => {
    const begin = performance.now(), read = [];
    let first = 0;
    for await (const page of pages()) {
      for (const job of page) read.push(row_of(job));
      first ||= performance.now() - begin;
    }
    rows = read;
    return { first, all: performance.now() - begin, total: rows.length };
  };
  const completed = () => rows.filter(({ status }) => status === 'Completed').length;
  return {
    list: read,
    /** The whole list again: neither peer knows what has changed. */
    async refresh() {
      const before = completed();
      const { all } = await read();
      return { all, changed: completed() - before };
    },
  };
}
