// Trackers broken on purpose, one edit of the sources each: the simulation must catch every one of them, or it proves nothing.
// An edit whose text is not found exactly once fails too: the list keeps up with the code.
const tracker = 'wasm/tracking/tracker.cpp';
const answers = 'wasm/tracking/tracker_answers.cpp';
const step = 'wasm/tracking/tracker_step.cpp';
const vaults = 'wasm/tracking/vault_tracker.cpp';
const pages = 'wasm/tracking/vault_pages.cpp';

export const mutants = [
  { name: 'ignores Retry-After', file: answers, edits: [['    feed.not_before = now.monotonic + *verdict.not_before;\n', '']] },
  { name: 'refreshes sooner than the service asked', file: step, edits: [['feed.next_at = std::max(at, feed.not_before);', 'feed.next_at = at;']] },
  { name: 'polls an ended job', file: answers, edits: [['  feed.closed = feed.over || is_terminal(job->status.state);\n', '']] },
  { name: 'takes an unreadable answer for a failure', file: answers, edits: [['if (!job) return unreadable(job.error());', 'if (!job) return take_job(id, Job{.status = to_job_status("Failed")}, asked_at, now);']] },
  { name: 'lets a late answer win', file: answers, edits: [['ended || (!feed.over && asked_at >= feed.said_at);', 'ended || !feed.over;']] },
  { name: 'takes an end back', file: answers, edits: [['ended || (!feed.over && asked_at >= feed.said_at);', 'true;']] },
  { name: 'leaves feeds and timers behind', file: tracker, edits: [['  if (!feed.watches.empty()) return;\n', '  return;\n']] },
  {
    name: 'asks twice at a time',
    file: step,
    edits: [
      ['  if (feed.in_flight || !feed.next_at) return {};', '  if (!feed.next_at) return {};'],
      ['    feed.next_at.reset();\n    if (feed.is_list())', '    if (feed.is_list())'],
    ],
  },
  { name: 'asks while offline', file: step, edits: [['    if (!environment_.online) continue;\n', '']] },
  { name: 'asks as often on a hidden page', file: 'wasm/tracking/schedule.cpp', edits: [['facts.visible ? milliseconds(wait) : std::max(milliseconds(wait), hidden_wait);', 'milliseconds(wait);']] },
  { name: 'retries as often on a hidden page', file: answers, edits: [['environment_.visible ? *wait : std::max(*wait, hidden_wait)', '*wait']] },
  { name: 'asks beyond its budget', file: step, edits: [['    if (!is_due(*due_at(feed, now)) || ', '    if (']] },
  { name: 'counts no request', file: 'wasm/tracking/budget.cpp', edits: [['  pot.tokens -= 1;\n', '']] },
  { name: 'follows a link to anywhere', file: 'wasm/tracking/job_list.cpp', edits: [['auto url = arm::pin(endpoint_, next_link))', 'Result<std::string> url = std::string(next_link))']] },
  { name: 'gives up when the service fails', file: 'wasm/tracking/verdict.cpp', edits: [['case ErrorCode::service_failed: verdict.advice = Advice::retry; break;', 'case ErrorCode::service_failed: verdict.advice = Advice::stop; break;']] },
  { name: 'forgets to try again', file: answers, edits: [['  if (wait) ask_at(feed,', '  if (wait && feed.failures < 0) ask_at(feed,']] },
  { name: 'sends the user to sign in at the first 401', file: answers, edits: [['if (!std::exchange(feed.renewing, true)) return ask_at(feed, now.monotonic);', '']] },
  { name: 'mixes up the jobs of a list', file: 'wasm/tracking/tracker_lists.cpp', edits: [['  for (Job& job : feed.walk->release()) {\n', '  std::string first;\n  for (Job& job : feed.walk->release()) {\n    if (first.empty()) first = job.id;\n    job.id = first;\n']] },
  { name: 'takes an accepted cancel for the end', file: answers, edits: [['  if (!accepted) cancel.error = std::move(verdict.error);\n', '  if (accepted) return take_job(id, Job{.status = to_job_status("Cancelled")}, now.monotonic, now);\n']] },
  { name: 'forgets what was shown when asking fails', file: answers, edits: [['  ++feed.failures;\n', '  ++feed.failures;\n  store_.erase(feed.key);\n']] },
  { name: 'sleeps too long', file: step, edits: [['    if (at > now.monotonic) wake_at(at);\n', '    if (at > now.monotonic) wake_at(at + std::chrono::minutes(15));\n']] },
  { name: 'asks for what is paused', file: step, edits: [['  if (attention_of(feed) == Attention::paused) return {};\n', '']] },
  { name: 'believes that a list tells of all', file: 'wasm/tracking/tracker_lists.cpp', edits: [['const FeedId list = may_tell && worth_it && is_listed(id) ? scope.list : job.list == scope.list ? 0 : job.list;', 'const FeedId list = may_tell && worth_it ? scope.list : scope.list;']] },
  { name: 'begins after what a list that failed had told of', file: pages, edits: [['    vault.seen = std::max(vault.seen, times_.newest);\n', '    vault.newest = vault.seen = std::max(vault.seen, times_.newest);\n']] },
  { name: 'claims a past that it has not read', file: vaults, edits: [['    vault.covered_from = vault.first_end ? vault.first_end : vault.newest;\n', '    if (vault.newest) vault.covered_from = *vault.newest - vault.history;\n']] },
  { name: 'believes Resource Graph that knows nothing', file: vaults, edits: [['list.window->known == 0 || !list.window->oldest', '!list.window->oldest']] },
  { name: "takes the end of Resource Graph's memory for the beginning of the past", file: vaults, edits: [['      add_window(list.scope, {.from = read.from, .to = *read.oldest + overlap, .is_part = true}, now);\n', ''], ['      read.from = *read.oldest;\n', '']] },
  { name: "takes a row's end back", file: 'wasm/store/job_table.cpp', edits: [['    if (had_ended != ended ? had_ended : said < row(*found).said) return {*found, Change::none, false};\n', '']] },
  { name: 'keeps the rows of a vault that was left', file: vaults, edits: [['    table_.forget(vault.key);\n', '']] },
  { name: 'stops listing after an error', file: 'wasm/tracking/tracker_lists.cpp', edits: [['return fail(feed, Contact::retrying, std::move(problem),', 'return fail(feed, Contact::stopped, std::move(problem),']] },
];
