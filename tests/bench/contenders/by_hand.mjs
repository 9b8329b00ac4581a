// fetch + json() + map, as a page written by hand does it.
import { last_two_weeks, lister } from './rows.mjs';

const headers = { Authorization: 'Bearer token' };

/** The pages of a vault's list. */
export function list_pages({ endpoint, vault }) {
  const filter = last_two_weeks();
  return async function* () {
    for (let url = `${endpoint}${vault}/backupJobs?api-version=2025-02-01&$filter=${encodeURIComponent(filter)}`; url; ) {
      const response = await fetch(url, { headers });
      const { value, nextLink } = await response.json();
      yield value;
      url = nextLink;
    }
  };
}

/** All jobs that Resource Graph knows: the question that our engine asks, and its pages. */
function graph_pages({ endpoint }) {
  const query = "recoveryservicesresources | where type in~ ('microsoft.recoveryservices/vaults/backupjobs','microsoft.dataprotection/backupvaults/backupjobs') | project id,name,type,properties | order by id asc";
  return async function* () {
    for (let token; ; ) {
      const options = { $top: 1000, resultFormat: 'objectArray', ...(token ? { $skipToken: token } : {}) };
      const response = await fetch(`${endpoint}/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01`, { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify({ query, options }) });
      // Too often: nothing that a page may read says for how long, but the quota is of five seconds.
      if (response.status === 429) {
        await new Promise((resolve) => setTimeout(resolve, 5000));
        continue;
      }
      const { data, $skipToken } = await response.json();
      yield data;
      if (!$skipToken) return;
      token = $skipToken;
    }
  };
}

export const open = async (where) => lister(where.fleet ? graph_pages(where) : list_pages(where));
