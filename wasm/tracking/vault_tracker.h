// Follows whole vaults, too: every job of theirs, in one table that is kept up to date for almost nothing.
//
// A vault's list without a filter tells of about its last day (AZURE.md §2.1): that is what is shown first. It is then read again and again from the oldest
// running job on. What is older comes from windows of the same list that are read once, newest first, the parts of a long one side by side.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "store/job_table.h"
#include "tracking/tracker.h"

namespace abj::tracking {

// How far back a vault's jobs are read unless somebody asks for more.
constexpr Duration default_history = std::chrono::hours(24 * 14);

// A view of a vault that is watched; its pointers hold until the tracker is told anything.
struct VaultView {
  const arm::VaultId* vault = nullptr;
  ContactView contact;
  bool is_listed = false;                // its newest jobs were read once
  std::optional<Instant> covered_from;   // every job that the service lists since then is in the table
  std::optional<Instant> covered_to;     // up to then, by the service's clock
  std::optional<Instant> wanted_from;    // how far back is to be read
  std::size_t loading = 0;               // windows still to be read to their ends
  const Error* missing = nullptr;        // why one of them cannot be
  std::uint32_t revision = 0;            // the same as long as nothing but time has changed
};

class VaultTracker : public Tracker {
 public:
  using Tracker::Tracker;

  // Watches all jobs of the vault, `history` back; watches of one vault share what is read.
  virtual WatchId follow_vault(const arm::VaultId& vault, Now now);
  bool is_vault(WatchId watch) const { return vault_of_.count(watch) > 0; }
  // Reads so much more of the past.
  void reach_back(WatchId watch, Duration more, Now now);
  std::optional<VaultView> vault_view(WatchId watch, Now now) const;

  // Every job of the vaults that are watched; under VaultId::key(). Rows of a vault are given back with its last watch.
  const store::JobTable& table() const { return table_; }
  // A vault whose rows are in the table, by its key there; null where there is none.
  virtual const arm::VaultId* vault_named(std::string_view key) const;
  // Whether the service still lists the row's job: one that runs and is told of no more is marked so.
  virtual bool is_told(store::RowId id) const;
  // When a row's job, which was told of as it is, may end: counts from when it was said. Nothing where it runs no more, or too little is known.
  std::optional<Forecast> forecast_of(const Job& job) const;

  // Reads a little of a page that came, so that a long one need not keep its reader for long: call it until it says false, and then receive() with the
  // same answer, which has to stay where it is until then. Nobody has to: receive() reads what was not read ahead.
  bool read_ahead(const arm::Response& response);

  void unfollow(WatchId watch) override;
  void refresh(WatchId watch, Now now) override;
  void set_attention(WatchId watch, Attention attention, Now now) override;
  std::vector<SavedWatch> saved() const override;

 protected:
  // The vault of a watch, by its scope; nothing where it watches none.
  std::optional<Hash> scope_of(WatchId watch) const {
    const auto at = vault_of_.find(watch);
    return at == vault_of_.end() ? std::nullopt : std::optional(at->second);
  }

  struct Kept {
    arm::VaultId vault;
    std::string key;                      // of the vault, in the table; empty: its rows are of many (fleet_tracker.h)
    bool is_whole = false;                // the list without a filter is all there is: there are no windows
    std::set<WatchId> watches;
    std::vector<FeedId> windows;          // older jobs: still to be read, or not to be had
    Duration history = default_history;
    bool is_listed = false;
    std::optional<Instant> newest;        // start of a job, when its list was last read to its end: what is new began after it
    std::optional<Instant> first_end;     // on the pages of its list that were read since it was last begun
    std::optional<Instant> seen;          // start of a job in its list, which may not have been read to its end
    std::optional<Instant> covered_from;  // of what is contiguous up to now
    std::optional<Instant> planned_from;  // windows lead so far back
    std::vector<ListWindow> covered;      // read, but not contiguous yet
    bool has_graph = true;                // as far as is known, Resource Graph answers
    std::optional<Milliseconds> told_at;  // monotonic; when the last complete reading began
    Milliseconds told_until{};            // by the client's clock; when it ended
  };
  // What a page says of when its jobs began and ended.
  struct PageTimes {
    std::optional<Instant> oldest, newest;
    std::optional<Instant> first_end;
    std::optional<Instant> latest;  // the service's time, at least
    bool is_sorted = true;
  };
  // Of a page that was not received yet.
  struct Ahead {
    arm::RequestId request = 0;
    std::vector<std::pair<std::string_view, Hash>> fresh{};  // what is new on it, within the answer's bytes
    std::vector<Job> jobs{};                                 // of these
    std::size_t kept = 0;                                    // of these
  };

  // Watches what one list tells of, from now on.
  WatchId keep(Hash scope, Kept vault, Now now);
  // When the list is to begin that tells what is new since its last reading, and of all that ran then.
  std::optional<Instant> next_from(const Kept& vault) const;

  bool keeps(const Scope& scope) const override;
  std::vector<WatchId> watches_of(const Scope& scope) const override;
  void open_walk(Feed& list) const override;
  void read_page(Feed& list, std::string_view body, Milliseconds asked_at) override;
  bool goes_on(Feed& list, Now now) override;
  void end_walk(Feed& list, Now now) override;
  void note_trouble(const Feed& feed, std::optional<Milliseconds> wait, Now now) override;
  std::vector<std::pair<Job, Milliseconds>> others_running(const Scope& scope, Now now) const override;
  void begun(FeedId job, Now now) override;
  void said(const Feed& feed, const Job& job, Milliseconds asked_at) override;

  const Kept* kept(Hash scope) const;
  static Hash key_of(const Scope& scope) { return scope.vault.name.empty() ? fleet : hash_ignoring_case(scope.vault.path()); }
  // Its rows' word for the vault; 0 while it has none.
  store::TextId word_of(const Kept& vault) const { return table_.texts().find(vault.key); }
  virtual std::optional<store::RowId> known(const Kept& vault, Hash raw) const;
  Result<decode::JobPage> take_rows(const Kept& vault, Feed& list, std::string_view body, Milliseconds asked_at);
  virtual store::RowId keep_row(const Kept& vault, Feed& list, const Job& job, Hash raw, Milliseconds asked_at);
  void note_times(const store::Row& row);
  void note_service_time(Now now);
  void plan_windows(Hash scope, Now now);
  void add_window(Hash scope, const ListWindow& window, Now now);
  bool is_foreign(const Feed& list) const;
  void cover(Kept& vault, const ListWindow& read);
  void read_back(Hash scope, ListWindow window, Now now);
  void end_window(Kept& vault, FeedId id);

  store::JobTable table_;
  std::map<Hash, Kept> kept_;           // by scope
  std::map<WatchId, Hash> vault_of_;
  PageTimes times_;                     // of the page that was read last
  Ahead ahead_;
};

}  // namespace abj::tracking
