#include "tracking/estate_tracker.h"

#include <algorithm>
#include <utility>

#include "decode/estate_decoder.h"
#include "store/fold.h"

namespace abj::tracking {
namespace {

constexpr std::string_view subscriptions_key = "subscriptions", graph_key = "vaults";
constexpr Milliseconds estate_every = std::chrono::hours(1);
// Resource Graph is given up for the subscriptions' own lists if it fails so often in a row, or says that it cannot be asked.
constexpr int graph_attempts = 3;

}  // namespace

void EstateTracker::read(std::string key, Reading reading, Now now) {
  const auto [at, is_new] = readings_.try_emplace(std::move(key), std::move(reading));
  if (!is_new) return;
  const auto& [name, known] = *at;
  for (const WatchId watch : estate_watches_) {
    const FeedId id = join(watch, Feed{.key = name, .url = known.list.url(), .body = known.list.body(), .is_other = true}, now);
    if (!known.list.body().empty()) feeds_.at(id).pot = graph_pot();
  }
}

WatchId EstateTracker::follow_estate(Now now) {
  const WatchId watch = ++last_watch_;
  watches_[watch];
  estate_watches_.insert(watch);
  for (const auto& [key, reading] : readings_) feeds_.at(feed_by_key_.at(key)).watches.push_back(watch);
  read(std::string(subscriptions_key), {.list = Paged(arm::with_api_version(endpoint_.origin + "/subscriptions", "2022-12-01"))}, now);
  if (may_ask_graph_) read_graph(now);
  return watch;
}

void EstateTracker::drop_reading(const std::string& key) {
  const FeedId feed = feed_by_key_.at(key);
  for (const WatchId watch : estate_watches_) leave(watch, feed);
  readings_.erase(key);
}

void EstateTracker::unfollow(WatchId watch) {
  if (estate_watches_.erase(watch) > 0) {
    for (const auto& [key, reading] : readings_) leave(watch, feed_by_key_.at(key));
    if (estate_watches_.empty()) {
      readings_.clear();
      found_.clear();
      with_vaults_ = 0;
      may_ask_graph_ = true;
    }
  }
  CrossRegionTracker::unfollow(watch);
}

void EstateTracker::refresh(WatchId watch, Now now) {
  if (!estate_watches_.contains(watch)) return CrossRegionTracker::refresh(watch, now);
  for (auto& [key, reading] : readings_) {
    const FeedId id = feed_by_key_.at(key);
    if (feeds_.at(id).is_halted()) reading.list.begin_again(feeds_.at(id));
    wake(id, now);
  }
  // It may be allowed by now.
  if (!std::exchange(may_ask_graph_, true)) read_graph(now);
}

void EstateTracker::read_graph(Now now) { read(std::string(graph_key), {.of = Reading::Of::all_vaults, .list = Paged(graph_url(), arm::vaults_query())}, now); }

void EstateTracker::drop_vault_lists(const std::set<std::string>& but) {
  std::vector<std::string> gone;
  for (const auto& [key, reading] : readings_)
    if (reading.of == Reading::Of::vaults && !but.contains(key)) gone.push_back(key);
  for (const auto& key : gone) drop_reading(key);
}

void EstateTracker::read_each_subscription(Now now) {
  const auto all = readings_.find(std::string(subscriptions_key));
  if (may_ask_graph_ || all == readings_.end()) return;
  std::set<std::string> wanted;
  for (const Subscription& subscription : all->second.subscriptions) {
    if (!arm::is_segment(subscription.id) || equals_ignoring_case(subscription.state, "Deleted")) continue;
    for (const std::string_view type : {"Microsoft.RecoveryServices/vaults", "Microsoft.DataProtection/backupVaults"}) {
      const std::string path = "/subscriptions/" + arm::percent_encoded(subscription.id) + "/providers/" + std::string(type);
      wanted.insert(lower_cased(path));
      read(lower_cased(path), {.of = Reading::Of::vaults, .subscription = subscription.id, .list = Paged(arm::with_api_version(endpoint_.origin + path, "2024-04-01"))}, now);
    }
  }
  // Subscriptions may be gone.
  drop_vault_lists(wanted);
}

// Who may not ask Resource Graph asks each subscription.
void EstateTracker::note_trouble(const Feed& feed, std::optional<Milliseconds> wait, Now now) {
  const auto at = readings_.find(feed.key);
  if (at == readings_.end()) return CrossRegionTracker::note_trouble(feed, wait, now);
  // The page that failed alone would pass for the whole list.
  at->second.list.begin_again(feeds_.at(feed_by_key_.at(feed.key)));
  at->second.coming_subscriptions.clear();
  at->second.coming_vaults.clear();
  ++estate_revision_;
  const bool is_refused = feed.error && feed.error->http_status != 0 && feed.contact != Contact::sign_in && (!wait || feed.failures >= graph_attempts);
  if (at->second.of != Reading::Of::all_vaults || !is_refused || at->second.is_read) return;
  may_ask_graph_ = false;
  drop_reading(std::string(graph_key));
  read_each_subscription(now);
}

std::optional<Error> EstateTracker::take_other(Feed& feed, const arm::Response& response, Milliseconds asked_at, Now now) {
  const auto at = readings_.find(feed.key);
  if (at == readings_.end()) return CrossRegionTracker::take_other(feed, response, asked_at, now);
  Reading& reading = at->second;
  const auto begin_again = [&] {
    reading.list.begin_again(feed);
    reading.coming_subscriptions.clear();
    reading.coming_vaults.clear();
  };
  auto page = reading.of == Reading::Of::subscriptions ? decode::decode_subscription_page(response.body) : decode::decode_vault_page(response.body);
  if (!page) return begin_again(), page.error();
  std::move(page->subscriptions.begin(), page->subscriptions.end(), std::back_inserter(reading.coming_subscriptions));
  std::move(page->vaults.begin(), page->vaults.end(), std::back_inserter(reading.coming_vaults));
  const bool is_graph = !reading.list.body().empty();
  const std::string& next = is_graph ? page->skip_token : page->next_link;
  if (!next.empty()) {
    if (auto error = reading.list.go_on(feed, endpoint_, next, is_graph ? arm::vaults_query(next) : std::string())) return begin_again(), error;
    ask_at(feed, now.monotonic);
    return {};
  }
  note_answer(feed, asked_at, now);
  reading.is_read = true;
  reading.subscriptions = std::move(reading.coming_subscriptions);
  reading.vaults = std::move(reading.coming_vaults);
  begin_again();
  ask_at(feed, now.monotonic + estate_every);
  if (reading.of == Reading::Of::subscriptions) read_each_subscription(now);
  if (reading.of == Reading::Of::all_vaults) drop_vault_lists({});
  put_together();
  return {};
}

void EstateTracker::put_together() {
  ++estate_revision_;
  std::map<std::string, std::string_view> names;
  for (const auto& [key, reading] : readings_)
    for (const Subscription& subscription : reading.subscriptions) names[lower_cased(subscription.id)] = subscription.name;
  std::set<std::string> seen;
  std::set<std::string> with_vaults;
  found_.clear();
  for (const auto& [key, reading] : readings_) {
    for (const Vault& vault : reading.vaults) {
      auto id = arm::parse_vault_id(vault.id);
      if (!id || !seen.insert(id->key()).second) continue;
      with_vaults.insert(lower_cased(id->subscription));
      const auto name = names.find(lower_cased(id->subscription));
      Found found{.vault = {.id = std::move(*id), .location = region_name(vault.location), .subscription_name = name == names.end() ? std::string() : std::string(name->second)}, .name = {}, .words = {}};
      const arm::VaultId& named = found.vault.id;
      found.name = store::folded(named.name);
      found.words = store::folded(named.name + "\n" + named.group + "\n" + found.vault.location + "\n" + found.vault.subscription_name + "\n" + named.subscription);
      found_.push_back(std::move(found));
    }
  }
  with_vaults_ = with_vaults.size();
  std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) { return store::compare_names(a.name, b.name) < 0; });
}

std::vector<const KnownVault*> EstateTracker::find_vaults(std::string_view search) const {
  std::vector<const KnownVault*> all;
  const std::string words = store::folded(search);
  const auto has_all = [&](const Found& found) {
    for (std::string_view rest = trimmed(words); !rest.empty(); rest = trimmed(rest)) {
      const auto end = std::min(rest.find(' '), rest.size());
      if (found.words.find(rest.substr(0, end)) == std::string::npos) return false;
      rest.remove_prefix(end);
    }
    return true;
  };
  for (const Found& found : found_)
    if (has_all(found)) all.push_back(&found.vault);
  return all;
}

std::optional<EstateView> EstateTracker::estate_view(WatchId watch, Now now) const {
  if (!estate_watches_.contains(watch)) return {};
  EstateView view;
  view.is_listed = true;
  view.is_from_graph = may_ask_graph_;
  view.subscriptions = with_vaults_;
  view.vaults = found_.size();
  view.revision = estate_revision_;
  std::set<std::string> refused;
  for (const auto& [key, reading] : readings_) {
    const Feed& feed = feed_of(key);
    view.revision += feed.revision;
    if (!reading.is_read && !feed.is_halted()) view.is_listed = false;
    if (reading.of == Reading::Of::vaults) {
      if (feed.error) view.problem = &*feed.error;
      if (feed.contact == Contact::stopped) refused.insert(reading.subscription);
      if (reading.is_read || !feed.error) view.is_from_graph = false;
      continue;
    }
    view.subscriptions = std::max(view.subscriptions, reading.subscriptions.size());
    const ContactView contact = contact_of(feed, now);
    const bool is_worse = view.contact.state == Contact::none || view.contact.state == Contact::fresh;
    if (is_worse) view.contact = contact;
  }
  view.refused = refused.size();
  return view;
}

}  // namespace abj::tracking
