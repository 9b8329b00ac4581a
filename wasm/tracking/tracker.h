// Follows operations and jobs: a state machine that is told the time and what came back, and says what to send and when to be woken.
// It sends nothing, keeps no token and reads no clock.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "arm/exchange.h"
#include "arm/url.h"
#include "store/job_store.h"
#include "tracking/budget.h"
#include "tracking/feed.h"
#include "tracking/schedule.h"
#include "tracking/start.h"
#include "tracking/verdict.h"

namespace abj::tracking {

// How a watch stands. `ended_*` are final unless the user refreshes.
enum class Stage {
  operation,         // waiting for the operation to name its job
  jobs,              // at least one job still runs, or has not been read yet
  ended_jobs,        // every job has ended; how, the jobs say
  ended_operation,   // the operation failed or was cancelled
  ended_without_job  // the operation succeeded and names no job
};

std::string_view name_of(Stage stage);

// How the asking goes, at the time of the view.
struct ContactView {
  Contact state = Contact::none;
  const Error* error = nullptr;
  bool asking = false;
  std::optional<Milliseconds> answered_at{};  // monotonic
  std::optional<Milliseconds> next_at{};      // monotonic; the budget may put it off
  std::optional<double> left{};               // requests that the service said it would still take
};

// How much a watch wants. Jobs that nobody looks at are read from their vault's list, without tasks and progress.
enum class Attention { paused, background, watched };

struct WatchedJob {
  const arm::JobId* id;
  const Job* job;  // null until it was read
  ContactView contact;
  const Cancel* cancel = nullptr;  // what became of the user's cancel; null where there is none, or the job has ended
  std::optional<Forecast> forecast{};  // of a running job's end, from earlier runs; counts from contact.answered_at
  bool can_cancel = false;         // it runs, the service lists the action and has an interface for it, and no cancel is under way
};

// A view of a watch; its pointers hold until the tracker is told anything.
struct WatchView {
  Stage stage = Stage::operation;
  const Operation* operation = nullptr;
  std::vector<WatchedJob> jobs;
  ContactView contact;             // stands for the whole: the most troubled one
  const Error* naming = nullptr;   // why a job that the operation named cannot be followed
  bool halted = false;             // nothing more will come by itself, and it has not ended
  std::uint32_t revision = 0;      // the same as long as nothing but time has changed
};

// What to give parse_start to follow the same again: ids only, none of the secrets that an operation's URL may carry.
struct SavedWatch {
  std::string text;
  std::string vault;  // where the text does not say it
};

struct Environment {
  bool visible = true;
  bool online = true;
};

struct Step {
  std::vector<arm::Request> send;
  std::vector<arm::RequestId> abort;  // their answers are not wanted any more
  std::vector<WatchId> changed;
  std::optional<Milliseconds> wake;  // monotonic time of the next thing to do by itself
};

class Tracker {
 public:
  // `requests_per_hour`: of each subscription and action, until the service says otherwise.
  Tracker(arm::Endpoint endpoint, std::unique_ptr<Schedule> schedule, std::uint64_t seed, double requests_per_hour = Budget::first_limit);
  virtual ~Tracker() = default;

  // Starts to follow; the first request is in the next step.
  WatchId follow(Start start, Now now);
  virtual void unfollow(WatchId watch);

  // Ask now, whatever the schedule says, but never sooner than the service asked. Also starts again what stopped or ended.
  virtual void refresh(WatchId watch, Now now);

  // Asks the service to cancel the watch's job of that index, and follows the job to its real end. Nothing is sent where an error is
  // returned: cancel_impossible for Backup vaults and cross-region jobs, cancel_refused where the job has ended or does not list the action.
  // A cancel that is under way is not asked for twice.
  std::optional<Error> cancel(WatchId watch, std::size_t job, Now now);

  void set_environment(Environment environment, Now now);
  virtual void set_attention(WatchId watch, Attention attention, Now now);

  // The host's token came and the request is on its way.
  void sent(arm::RequestId request);
  // How a request ended. Unknown, late and duplicate ones are dropped.
  void receive(const arm::Response& response, Now now);

  // What to do at this time. Call after every call above and at Step::wake.
  Step step(Now now);

  // The state of a watch; nothing where there is none of that id.
  std::optional<WatchView> view(WatchId watch, Now now) const;
  // Every watch: by its jobs where they are known, else by its operation.
  virtual std::vector<SavedWatch> saved() const;
  const arm::Endpoint& endpoint() const { return endpoint_; }
  // How far the client's clock is ahead of the service's (behind: negative), where that is over five minutes (DESIGN.md, rule 11).
  std::optional<Milliseconds> clock_skew() const;
  std::size_t feed_count() const { return feeds_.size(); }
  const store::JobStore& store() const { return store_; }

 protected:
  struct Watch {
    std::optional<arm::VaultId> vault;
    std::string region;                  // of an operation on cross-region jobs
    std::optional<Operation> given;      // the operation as the user gave it
    FeedId operation = 0;                // 0: none to ask
    std::vector<FeedId> jobs;
    std::optional<Error> naming;         // why a job that the operation named cannot be followed
    Attention attention = Attention::watched;
    bool changed = true;
  };
  // A few jobs are read one by one as well: first, since their starts make the list's window short, and once while someone looks, since a list does
  // not tell all of them. Many are not.
  static constexpr std::size_t few_jobs = 10;
  // The jobs that one list can tell of: a vault's, from two that run on; or those of the whole fleet, all vaults at once (Resource Graph), from
  // three vaults on. Where the fleet's list tells of them, no vault's is asked for.
  // The fleet's key; no path hashes to it, for all that is likely.
  static constexpr Hash fleet = hash_of("fleet");
  struct Scope {
    arm::VaultId vault;        // empty: the fleet's
    std::set<FeedId> running;  // wanted, not ended, not halted
    FeedId list = 0;
    bool regroup = false;          // the jobs that run are not the same any more
    Milliseconds asked_at{};       // monotonic; when its list was last begun
    Milliseconds no_list_until{};  // monotonic; it could not be had, or was longer than reading each of the jobs
  };

  // What a tracker that keeps all of a vault's jobs does otherwise (tracking/vault_tracker.h).

  // Whether the vault's list is wanted for as long as somebody wants it to be, and of all jobs.
  virtual bool keeps(const Scope&) const { return false; }
  // Those who want a scope's list for themselves, and not for a job that they follow.
  virtual std::vector<WatchId> watches_of(const Scope&) const { return {}; }
  virtual void open_walk(Feed& list) const;
  virtual void read_page(Feed& list, std::string_view body, Milliseconds) { list.walk->take(body); }
  // A page came that is not the last one: whether the next one is asked for.
  virtual bool goes_on(Feed& list, Now now);
  virtual void end_walk(Feed& list, Now now);
  // It could not be asked for, and comes again by itself after `wait`. The feed may be gone then.
  virtual void note_trouble(const Feed& feed, std::optional<Milliseconds> wait, Now now);
  // What runs in the vault besides what is followed.
  virtual std::vector<std::pair<Job, Milliseconds>> others_running(const Scope&, Now) const { return {}; }
  // An answer to a feed that is_other. Error: it cannot be read.
  virtual std::optional<Error> take_other(Feed&, const arm::Response&, Milliseconds /*asked_at*/, Now) { return {}; }
  // A job is followed of which nothing was heard yet.
  virtual void begun(FeedId, Now) {}
  // What is followed says something new.
  virtual void said(const Feed&, const Job&, Milliseconds) {}

  void wake(FeedId id, Now now);
  FeedId join(WatchId watch, Feed feed, Now now);
  void leave(WatchId watch, FeedId id);
  void add_job(WatchId id, const arm::JobId& job, std::string_view api_version, Now now);
  void add_named_jobs(WatchId id, const Operation& operation, Now now);
  void take(FeedId id, const arm::Response& response, Milliseconds asked_at, Now now);
  void take_job(FeedId id, Job&& job, Milliseconds asked_at, Now now);
  void receive_cancel(FeedId id, Verdict verdict, Now now);
  void drop(std::optional<InFlight>& in_flight);
  Feed* asking(arm::RequestId request);
  void take_operation(FeedId id, Operation&& operation, Now now);
  void note_answer(Feed& feed, Milliseconds asked_at, Now now);
  void end_job(FeedId id, Now now);
  void fail(Feed& feed, Contact contact, Error error, std::optional<Milliseconds> wait, Now now);
  void plan(Feed& feed, Now now);
  void set_contact(Feed& feed, Contact contact);
  ContactView contact_of(const Feed& feed, Now now) const;
  void ask_at(Feed& feed, Milliseconds at) const;
  void mark_changed(const Feed& feed);
  Stage stage_of(const Watch& watch) const;
  Attention attention_of(const Feed& feed) const;
  RunningJob running(const Feed& feed, const Job& job, Now now) const;
  bool is_told(const Feed& feed) const;
  std::optional<Milliseconds> due_at(const Feed& feed, Now now) const;
  Milliseconds head_start(const Feed& feed) const;
  void note_clocks(Now now);
  double random();

  // Lists: tracker_lists.cpp.
  void note_running(FeedId id);
  void note_read(const Feed& feed);
  void regroup(Now now);
  void learn(const std::string& key, const Job& job);
  FeedId list_for(const Feed& job) const;
  bool is_coming(FeedId list) const;
  std::size_t cost_of(const Feed& list) const;
  bool wants_list(const Scope& scope, Now now) const;
  void open_list(Hash key, Scope& scope, Now now);
  void close_list(Scope& scope, Now now);
  void give_up_list(Scope& scope, Now now);
  // Of Resource Graph's questions, whoever asks them.
  Hash graph_pot();
  void take_page(FeedId id, const arm::Response& response, Milliseconds asked_at, Now now);
  arm::Request list_request(Feed& feed);

  arm::Endpoint endpoint_;
  std::unique_ptr<Schedule> schedule_;
  std::uint64_t random_state_;
  Environment environment_;
  Budget budget_;
  store::JobStore store_;
  std::map<FeedId, Feed> feeds_;
  std::map<std::string, FeedId> feed_by_key_;
  std::map<WatchId, Watch> watches_;
  std::map<Hash, Scope> scopes_;
  std::set<Hash> learned_from_;  // keys of the ended jobs that the schedule was told of
  std::vector<arm::RequestId> aborted_;
  std::optional<Milliseconds> clocks_apart_;  // wall less monotonic, when last told
  std::optional<Milliseconds> skew_;          // the least that answers allow
  Milliseconds detail_at_{};                  // monotonic; when a job was last read beside its list
  FeedId last_feed_ = 0;
  WatchId last_watch_ = 0;
  arm::RequestId last_request_ = 0;
};

}  // namespace abj::tracking
