// Weeks in the life of a tracker, by a seed: jobs start and end, users come, look away, cancel and leave, and everything of the fault matrix
// (TARGETS.md) happens on the way. What must always hold is checked at every step. A run depends on its seed alone. (Long, since the three share one state: what happens, what
// the wire does to it, and what must hold.)
#pragma once

#include <algorithm>
#include <map>
#include <queue>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "arm.h"
#include "arm/throttling.h"
#include "decode/job_decoder.h"
#include "tracking/vault_tracker.h"
#include "tracking/verdict.h"

namespace abj::simulation {

class World {
 public:
  // With `trace`, tells what happens as it does.
  World(unsigned seed, Milliseconds length, bool trace = false)
      : trace_(trace), random_(seed), length_(length), tracker_({"https://management.azure.com"}, tracking::make_adaptive_schedule({}), seed) {
    for (int i = 0; i < 3; ++i) arm_.vault("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/rsv-" + std::to_string(i));
    if (chance(0.5)) arm_.limit = 120 + below(200);
    arm_.page_size = static_cast<std::size_t>(2 + below(10));
    arm_.has_graph = chance(0.5);
    arm_.graph_page_size = static_cast<std::size_t>(2 + below(30));
    arm_.graph_keeps = 24h * (2 + seed % 13);
    if (seed % 5 == 0) arm_.late_in_graph = arm_.vaults.begin()->first;
    headers_are_readable_ = chance(0.3);
    wall_apart_ = server_epoch + (chance(0.2) ? 24h : chance(0.25) ? -24h : 0h);  // a client's clock may be wrong from the start
  }

  // What did not hold; empty where everything did.
  std::vector<std::string> run() {
    // The last day is calm, so that every end can be shown.
    const Milliseconds calm = length_ - 24h;
    for (Milliseconds at = 1min; at < calm; at += minutes(20 + below(60 * 24))) events_.emplace(at, Event::job);
    for (Milliseconds at = 10min; at < calm; at += minutes(1 + below(180))) events_.emplace(at, Event::mischief);
    events_.emplace(calm, Event::calm);
    events_.emplace(calm + 1min, Event::retry);
    while (now_ < length_ && violations_.size() < 5) {
      step();
      Milliseconds next = length_;
      if (!events_.empty()) next = std::min(next, events_.begin()->first);
      if (!deliveries_.empty()) next = std::min(next, deliveries_.top().at);
      if (wake_) next = std::min(next, std::max(*wake_, asleep_until_));
      next = std::max(next, now_);
      now_ = next;
      while (!events_.empty() && events_.begin()->first <= now_) {
        const Event event = events_.begin()->second;
        events_.erase(events_.begin());
        happen(event);
      }
      while (!deliveries_.empty() && deliveries_.top().at <= now_) {
        const Delivery delivery = deliveries_.top();
        deliveries_.pop();
        deliver(delivery);
      }
    }
    finish();
    return violations_;
  }

  int requests() const { return requests_; }
  int jobs_ended() const { return jobs_ended_; }

 private:
  struct WatchedVault {
    tracking::WatchId id;
    std::string list;  // its path, in lower case
    bool paused = false;
  };
  enum class Event { job, mischief, online, shown, awake, service_well, calm, retry };
  enum class Outage { none, forbidden, missing, failing, throttling, html, truncated, not_utf8, wrong_shape, looping_pages, foreign_pages, lost_pages, backwards };
  struct Delivery {
    Milliseconds at;
    arm::Response response;
    bool operator<(const Delivery& other) const { return at > other.at; }
  };
  struct Sent {
    std::string url;
    Milliseconds at;
    bool user_wants;
  };
  struct Watched {
    tracking::WatchId id = 0;
    std::string job_path;  // lower case
    bool was_read = false;
    bool is_over = false;
    bool paused = false;
    Duration shown{-1};
    std::optional<Milliseconds> could_be_known{};  // since when nothing has stood in the way of showing the end
    Milliseconds last_touched{};
    Milliseconds explained_at{};  // when there last was a word for its age
    bool was_explained = false;   // at the last look
  };

  double uniform() { return std::uniform_real_distribution<double>(0, 1)(random_); }
  bool chance(double share) { return uniform() < share; }
  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  static Milliseconds minutes(int count) { return std::chrono::minutes(count); }
  Now now() const { return {now_ + 1s, now_ + wall_apart_}; }

  std::string at() const {
    char text[64];
    std::snprintf(text, sizeof text, "day %.5f: ", static_cast<double>(now_.count()) / 86.4e6);
    return text;
  }
  void violate(const std::string& what) {
    violations_.push_back(at() + what);
    tell("VIOLATION " + what);
  }
  void tell(const std::string& what) const {
    if (trace_) std::printf("%s%s\n", at().c_str(), what.c_str());
  }

  // ---- What happens

  void happen(Event event) {
    switch (event) {
      case Event::job: return start_jobs();
      case Event::mischief: return mischief();
      case Event::online: online_ = true; break;
      case Event::shown: visible_ = true; break;
      case Event::awake: break;
      case Event::service_well: outage_ = Outage::none; break;
      case Event::calm:
        outage_ = Outage::none;
        fault_rate_ = 0;
        online_ = visible_ = true;
        token_ = Token::good;
        for (auto& watched : watched_) set_paused(watched, false);
        for (auto& vault : watched_vaults_) tracker_.set_attention(vault.id, tracking::Attention::watched, now());
        break;
      case Event::retry:
        for (auto& watched : watched_) refresh(watched);
        for (auto& vault : watched_vaults_) tracker_.refresh(vault.id, now());
        break;
    }
    tracker_.set_environment({visible_, online_}, now());
    touched_at_ = now_;
  }

  void start_jobs() {
    auto vault = arm_.vaults.begin();
    std::advance(vault, below(3));
    const int count = chance(0.7) ? 1 : 1 + below(12);
    for (int i = 0; i < count; ++i) {
      static constexpr const char* endings[] = {"Completed", "Completed", "Completed", "Failed", "CompletedWithWarnings", "Cancelled"};
      SimulatedJob job;
      char name[40];
      std::snprintf(name, sizeof name, "%08x-0000-4000-8000-%012x", ++last_job_, below(1 << 30));
      job.name = name;
      job.item = "vm-" + std::to_string(below(5));
      job.operation = chance(0.8) ? "Backup" : "Restore";
      job.start = now_ + std::chrono::seconds(below(20));
      job.end = job.start + std::chrono::seconds(job.operation == "Backup" ? 75 + 300 * (1 + below(8)) + below(10) : 30 + below(7000));
      job.ending = endings[below(6)];
      if (chance(0.03)) job.gone_at = job.start + (job.end - job.start) / 2;
      const std::string path = vault->second.path + "/backupJobs/" + job.name;
      const std::string operation = "op-" + job.name;
      vault->second.operations[operation] = {job.start + (chance(0.1) ? 60s : 0s), job.name};
      vault->second.jobs[job.name] = job;
      follow(chance(0.5) ? arm_.origin + vault->second.path + "/backupOperations/" + operation : path, path);
      if (chance(0.2)) follow(path, path);  // two elements on one job
    }
    // The old ones are forgotten, as a service's list is short.
    for (auto job = vault->second.jobs.begin(); job != vault->second.jobs.end();) {
      const bool is_watched = std::any_of(watched_.begin(), watched_.end(), [&](const Watched& watched) { return watched.job_path == lower_cased(vault->second.path + "/backupJobs/" + job->first); });
      job = !is_watched && job->second.end + 48h < now_ ? vault->second.jobs.erase(job) : std::next(job);
    }
  }

  void follow(const std::string& text, const std::string& job_path) {
    auto start = tracking::parse_start(tracker_.endpoint(), text, {});
    if (!start) return violate("cannot follow " + text);
    user_asks(lower_cased(job_path));
    watched_.push_back({.id = tracker_.follow(std::move(*start), now()), .job_path = lower_cased(job_path), .last_touched = now_});
    if (chance(0.2)) tracker_.set_attention(watched_.back().id, tracking::Attention::background, now());
  }

  void refresh(Watched& watched) {
    for (int i = 0; i < 2; ++i) tracker_.refresh(watched.id, now());
    watched.last_touched = touched_at_ = now_;
    user_asks(watched.job_path);
  }

  void user_asks(const std::string& job) {
    user_asked_[job] = now_;
    read_after_end_.erase(job);
  }

  void set_paused(Watched& watched, bool paused) {
    if (watched.paused == paused) return;
    watched.paused = paused;
    user_asks(watched.job_path);
    watched.last_touched = now_;
    tracker_.set_attention(watched.id, paused ? tracking::Attention::paused : tracking::Attention::watched, now());
  }

  void mischief() {
    touched_at_ = now_;
    const auto any = [&]() -> Watched* { return watched_.empty() ? nullptr : &watched_[static_cast<std::size_t>(below(static_cast<int>(watched_.size())))]; };
    Watched* one = any();
    const int what = below(19);
    tell("mischief " + std::to_string(what));
    switch (what) {
      case 0: online_ = false; events_.emplace(now_ + minutes(1 + below(90)), Event::online); break;
      case 1: visible_ = false; events_.emplace(now_ + minutes(1 + below(120)), Event::shown); break;
      case 2:  // the lid is closed; monotonic clocks of some systems stand still meanwhile, and here the wall's jump is all that tells
        asleep_until_ = now_ + (chance(0.5) ? 8h : 20min);
        events_.emplace(asleep_until_, Event::awake);
        break;
      case 3: wall_apart_ += chance(0.5) ? 24h : -24h; break;
      case 4: token_ = Token(1 + below(4)); break;
      case 5:
      case 6: token_ = Token::good; break;
      case 7:
      case 8:
      case 9: outage_ = Outage(1 + below(12)); events_.emplace(now_ + minutes(1 + below(60)), Event::service_well); break;
      case 10: fault_rate_ = chance(0.5) ? 0 : uniform() * 0.5; break;
      case 11:
        if (one && tracker_.view(one->id, now())->jobs.size() == 1) {
          tracker_.cancel(one->id, 0, now());
          if (chance(0.5)) tracker_.cancel(one->id, 0, now());
          user_asks(one->job_path);
        }
        break;
      case 12:
        if (one) refresh(*one);
        break;
      case 13:
        if (one) set_paused(*one, !one->paused);
        break;
      case 14:  // removed, perhaps in flight, and perhaps added again
        if (one) {
          const std::string path = one->job_path;
          leave(*one);
          if (chance(0.5)) follow(path, path);
        }
        break;
      case 15:
        for (auto& watched : watched_)
          if (watched.is_over && chance(0.5)) leave(watched), watched.id = 0;
        break;
    }
    if (what >= 16) change_vaults(what);
    std::erase_if(watched_, [](const Watched& watched) { return watched.id == 0; });
    tracker_.set_environment({visible_, online_}, now());
  }

  // Whole vaults are watched, paused and left, too.
  void change_vaults(int what) {
    if (what == 16 || watched_vaults_.empty()) {
      auto vault = arm_.vaults.begin();
      std::advance(vault, below(3));
      watched_vaults_.push_back({tracker_.follow_vault(*arm::parse_vault_id(vault->second.path), now()), vault->first + "/backupjobs"});
      user_asks(vault->first + "/backupjobs");
      return;
    }
    auto& one = watched_vaults_[static_cast<std::size_t>(below(static_cast<int>(watched_vaults_.size())))];
    if (what == 17) {
      tracker_.unfollow(one.id);
      std::erase_if(watched_vaults_, [&](const WatchedVault& other) { return other.id == one.id; });
      return;
    }
    user_asks(one.list);
    switch (below(3)) {
      case 0: tracker_.set_attention(one.id, (one.paused = !one.paused) ? tracking::Attention::paused : tracking::Attention::watched, now()); break;
      case 1: tracker_.reach_back(one.id, 24h, now()); break;
      case 2: tracker_.refresh(one.id, now()); break;
    }
  }

  void leave(Watched& watched) {
    tracker_.unfollow(watched.id);
    watched.id = 0;
    // Who follows the operation that makes it, and does not know it yet, will read it for the first time.
    for (const auto& other : watched_)
      if (other.id != 0 && other.job_path == watched.job_path && tracker_.view(other.id, now())->jobs.empty()) read_after_end_.erase(watched.job_path);
  }

  // ---- The wire

  void step() {
    if (now_ < asleep_until_) return;
    tracking::Step step = tracker_.step(now());
    for (const auto id : step.abort) in_flight_.erase(id);
    for (auto& request : step.send) send(std::move(request));
    wake_.reset();
    if (step.wake) wake_ = *step.wake - 1s;
    if (wake_ && *wake_ <= now_ && step.send.empty()) {
      if (++idle_steps_ > 20) violate("it wakes without end");
      wake_ = now_ + 1ms;
    } else {
      idle_steps_ = 0;
    }
    look();
  }

  bool is_list(const std::string& url) const { return url.find("/backupJobs?") != std::string::npos; }
  static bool is_graph(const std::string& url) { return find_ignoring_case(url, arm::resource_graph_path) != std::string::npos; }
  static std::string key_of(const arm::Request& request) { return (request.method == arm::Method::post ? "POST " : "GET ") + request.url; }

  void send(arm::Request request) {
    ++requests_;
    tell("asks " + std::to_string(request.id) + " " + key_of(request).substr(std::min<std::size_t>(key_of(request).size(), 140)) + (visible_ ? "" : " (hidden)"));
    if (!request.url.starts_with(arm_.origin + "/")) violate("a request to another origin: " + request.url);
    for (const auto& [id, sent] : in_flight_)
      if (sent.url == key_of(request)) violate("two requests in flight for " + sent.url);
    if (!online_) violate("a request while offline");
    const std::string path = lower_cased(arm::percent_decoded(arm::path_of(request.url)));
    const bool is_read = request.method == arm::Method::get || is_graph(request.url);
    const auto wait = not_before_.find(key_of(request));
    if (wait != not_before_.end() && now_ < wait->second) violate("sooner than Retry-After: " + request.url);
    const auto asked = user_asked_.find(path);
    const bool user_wants = asked != user_asked_.end() && now_ - asked->second < 1h;
    if (is_read && read_after_end_.contains(path) && !user_wants) violate("an ended job is asked for again: " + path);
    if (is_read) check_budget(path);
    const auto is_of_path = [&](const Watched& watched) { return watched.job_path == path; };
    if (is_read && std::any_of(watched_.begin(), watched_.end(), is_of_path) && std::all_of(watched_.begin(), watched_.end(), [&](const Watched& watched) { return !is_of_path(watched) || watched.paused; }))
      violate("a paused job is asked for: " + path);
    if (is_read && !visible_ && hidden_since_ && *hidden_since_ + 10s < now_ && !user_wants && !request.force_refresh && (request.url + request.body).find("skipToken") == std::string::npos) {
      auto& last = hidden_reads_[path];
      if (last && now_ - *last < 5min - 2s && path.find("operations") == std::string::npos) violate("a hidden page asks too often: " + path + ", after " + std::to_string((now_ - *last).count() / 1000) + " s");
      last = now_;
    }
    in_flight_[request.id] = {key_of(request), now_, user_wants};

    // The token first.
    switch (token_) {
      case Token::good: break;
      case Token::rejects:
        deliveries_.push({now_ + 50ms, {.id = request.id, .outcome = arm::Response::Outcome::token_failed, .detail = "no network"}});
        return;
      case Token::hangs:
        deliveries_.push({now_ + minutes(1 + below(30)), {.id = request.id, .outcome = arm::Response::Outcome::token_failed, .detail = "timed out"}});
        return;
      case Token::expired: {
        // A fresh one is good, where one is asked for.
        if (request.force_refresh) break;
        tracker_.sent(request.id);
        auto refusal = SimulatedArm::error(401, "ExpiredAuthenticationToken");
        refusal.id = request.id;
        deliveries_.push({now_ + 80ms, refusal});
        return;
      }
      case Token::revoked: {
        ++revocations_;
        tracker_.sent(request.id);
        auto refusal = SimulatedArm::error(401, "InvalidAuthenticationToken");
        refusal.id = request.id;
        deliveries_.push({now_ + 80ms, refusal});
        return;
      }
    }
    tracker_.sent(request.id);
    arm::Response response = arm_.answer(request, now_ + 40ms);
    Milliseconds at = now_ + 80ms;
    if (is_read) break_answer(request, response, at);
    if (!is_read && chance(0.3)) response = chance(0.5) ? arm::Response{.status = 204} : SimulatedArm::error(409, "BMSUserErrorInvalidJobState");
    response.id = request.id;
    if (headers_are_readable_ && response.status == 200 && chance(0.3)) response.headers += "x-ms-ratelimit-remaining-subscription-resource-requests: 90\r\n";
    if (fault_rate_ > 0 && chance(fault_rate_)) break_wire(response, at);
    deliveries_.push({at, std::move(response)});
  }

  void break_answer(const arm::Request& request, arm::Response& response, Milliseconds& at) {
    switch (outage_) {
      case Outage::none: return;
      case Outage::forbidden: response = SimulatedArm::error(403, "AuthorizationFailed"); return;
      case Outage::missing: response = SimulatedArm::error(chance(0.5) ? 404 : 400, "ResourceNotFound"); return;
      case Outage::failing: {
        static constexpr int statuses[] = {408, 500, 502, 503, 504};
        response = SimulatedArm::error(statuses[below(5)], "ServerTimeout");
        at += std::chrono::seconds(below(60));
        return;
      }
      case Outage::throttling: {
        static const std::string waits[] = {"17", "Sat, 21 Nov 2026 00:00:30 GMT", "Mon, 21 May 2018 10:23:17 GMT", "", "-5", "0", "999999999", std::string(400, '9')};
        response = SimulatedArm::error(429, "ResourceRequestsThrottled", chance(0.5) ? "Please try again after '90' seconds." : "");
        if (headers_are_readable_) response.headers = "Retry-After: " + waits[below(8)] + "\r\n";
        return;
      }
      case Outage::html: response = {.status = 200, .body = "<html>busy</html>"}; return;
      case Outage::truncated: response.body.resize(response.body.size() / 2); return;
      case Outage::not_utf8:
        if (!response.body.empty()) response.body[response.body.size() / 2] = static_cast<char>(0xC3);
        return;
      case Outage::wrong_shape: response.body = chance(0.5) ? R"({"value":3})" : R"([{"status":"Failed"}])"; return;
      case Outage::looping_pages:
        if (is_list(request.url)) response.body = R"({"value":[],"nextLink":")" + request.url + R"("})";
        if (is_graph(request.url)) response.body = R"({"data":[],"$skipToken":"0"})";
        return;
      case Outage::foreign_pages:
        if (is_list(request.url)) response.body = R"({"value":[],"nextLink":"https://management.azure.com.evil.example/x"})";
        return;
      case Outage::lost_pages:
        if ((request.url + request.body).find("skipToken") != std::string::npos) response = SimulatedArm::error(500, "InternalServerError");
        return;
      case Outage::backwards: {
        // An old replica says that ended jobs still run.
        const auto ended = response.body.find("\"status\":\"Completed\"");
        if (ended != std::string::npos && request.url.find("/backupJobs/") != std::string::npos && chance(0.5) && read_after_end_.contains(lower_cased(arm::path_of(request.url)))) response.body.replace(ended, 20, "\"status\":\"InProgress\"");
        return;
      }
    }
  }

  void break_wire(arm::Response& response, Milliseconds& at) {
    switch (below(7)) {
      case 0: at += std::chrono::seconds(below(70)); break;
      case 1: response = {.id = response.id, .outcome = arm::Response::Outcome::network_failed}; break;
      case 2: at += 75s, response = {.id = response.id, .outcome = arm::Response::Outcome::timed_out}; break;
      case 3: response.body.resize(response.body.size() / 2); break;
      case 4: deliveries_.push({at + std::chrono::seconds(below(200)), response}); break;  // twice, the second time late
      case 5: response = {.id = response.id, .status = 500 + below(5), .body = "<html>busy</html>"}; break;
      case 6: response.headers = "Retry-After: " + std::to_string(below(200)) + "\r\n"; break;
    }
  }

  void deliver(const Delivery& delivery) {
    tell("gets " + std::to_string(delivery.response.id) + " outcome " + std::to_string(static_cast<int>(delivery.response.outcome)) + " status " + std::to_string(delivery.response.status) + " " + delivery.response.headers);
    const auto at = in_flight_.find(delivery.response.id);
    if (at != in_flight_.end()) {
      const auto& response = delivery.response;
      const std::string url = at->second.url;
      const std::string path = lower_cased(arm::percent_decoded(arm::path_of(url.substr(url.find(' ') + 1))));
      const auto verdict = tracking::judge(response, now());
      if (verdict.not_before) not_before_[url] = now_ + *verdict.not_before;
      if (response.status == 429 && response.outcome == arm::Response::Outcome::answered) learn(path, response);
      if (response.outcome == arm::Response::Outcome::answered && response.status == 200 && url.starts_with("GET ")) {
        // A single read that says the job has ended is the last.
        const auto job = decode::decode_job(response.body);
        if (job && is_terminal(job->status.state)) read_after_end_.insert(path), user_asked_.erase(path);
      }
      in_flight_.erase(at);
    }
    // As a browser does it: all of a page is read ahead, some of it, or nothing.
    for (auto parts = delivery.response.id % 3 * 50; parts > 0 && tracker_.read_ahead(delivery.response);) parts -= delivery.response.id % 2 ? 1 : 25;
    tracker_.receive(delivery.response, now());
  }

  // ---- What must hold

  static std::string pot_of(const std::string& path) { return is_graph(path) ? "graph" : path.find("/backupjobs") != std::string::npos ? "jobs" : "operations"; }

  void learn(const std::string& path, const arm::Response& response) {
    const auto throttle = arm::parse_throttle_message(response.body);
    if (throttle.limit) limits_[pot_of(path)] = *throttle.limit;
  }

  void check_budget(const std::string& path) {
    auto& spent = spent_[pot_of(path)];
    while (!spent.empty() && spent.front() <= now_ - (is_graph(path) ? Milliseconds(5s) : Milliseconds(1h))) spent.pop_front();
    spent.push_back(now_);
    if (is_graph(path)) {
      if (spent.size() > 15) violate("over the quota of Resource Graph");
      return;
    }
    const auto learned = limits_.find(pot_of(path));
    const std::size_t limit = learned == limits_.end() ? 120 : static_cast<std::size_t>(std::max(120, learned->second));
    if (spent.size() > limit) violate("over the budget of " + std::to_string(limit) + " an hour: " + path);
  }

  // Trouble that explains why something is not fresh.
  static bool is_explained(tracking::Contact contact) { return contact != tracking::Contact::fresh && contact != tracking::Contact::none && contact != tracking::Contact::ended; }

  void look() {
    look_at_rows();
    if (!visible_ && !hidden_since_) hidden_since_ = now_;
    if (visible_) hidden_since_.reset(), hidden_reads_.clear();
    for (auto& watched : watched_) {
      const auto view = tracker_.view(watched.id, now());
      if (!view) {
        violate("a watch is gone");
        continue;
      }
      check_contact(watched, view->contact);
      if (view->jobs.empty()) continue;
      const auto& shown = view->jobs[0];
      if (!shown.job) {
        if (watched.was_read) violate("what was shown is gone: " + watched.job_path);
        continue;
      }
      watched.was_read = true;
      const SimulatedJob* truth = arm_.find(watched.job_path);
      if (!truth) continue;
      check_truth(watched, *shown.job, *truth);
      check_age(watched, shown, *truth);
    }
  }

  // What the table says of a job is true, or was when it was asked for; nothing in it was made up.
  void look_at_rows() {
    const auto& table = tracker_.table();
    std::vector<store::RowId> rows = table.changed_since(seen_rows_).value_or(std::vector<store::RowId>());
    if (!table.changed_since(seen_rows_)) {
      // A vault was left, or much has come at once: rows are read anew.
      ended_rows_.clear();
      for (store::RowId row = 0; row < table.size(); ++row) rows.push_back(row);
    }
    seen_rows_ = table.journal_end();
    for (const auto id : rows) {
      const auto& row = table.row(id);
      const std::string path = std::string(table.text(row.vault)) + "/backupjobs/" + table.name(row), status(table.text(row.status));
      const SimulatedJob* truth = arm_.find(path);
      if (!truth) continue;  // too old for the service
      if (is_terminal(row.state)) ended_rows_.insert(path);
      else if (ended_rows_.contains(path)) violate("a row's end is taken back: " + path);
      if (is_terminal(row.state) ? !truth->is_over(now_) || status != truth->status(now_) : status != "InProgress" && status != "Cancelling") violate("a row says " + status + ": " + path);
    }
  }

  // After a calm day a vault's rows are all that the service lists of what is said to be covered.
  void check_vaults() {
    for (const auto& vault : watched_vaults_) {
      const auto view = tracker_.vault_view(vault.id, now());
      const std::string key = view->vault->key();
      if (view->contact.state == tracking::Contact::sign_in || view->contact.state == tracking::Contact::stopped) continue;
      if (!view->is_listed || !view->covered_from || view->loading > 0) {
        violate("a vault's past is never read to its end: " + key);
        continue;
      }
      for (const auto& [name, job] : arm_.vaults.at(key).jobs) {
        if (job.start > now_ - 30min || job.gone_at || Instant(server_epoch + job.start) < *view->covered_from) continue;
        const auto row = tracker_.table().find(key, name);
        if (!row) violate("a job is missing from its vault's rows: " + name);
        else if (job.is_over(now_ - 1h) && !is_terminal(tracker_.table().row(*row).state)) violate("an end is never shown in its vault's rows: " + name);
      }
    }
  }

  // Trouble is named for what it is, and goes on by itself where it can.
  void check_contact(const Watched& watched, const tracking::ContactView& contact) {
    using tracking::Contact;
    const auto code = contact.error ? contact.error->code : ErrorCode::input_empty;
    const bool may_pass = code == ErrorCode::service_failed || code == ErrorCode::network || code == ErrorCode::timed_out || code == ErrorCode::throttled || code == ErrorCode::token_failed || code == ErrorCode::answer_unreadable ||
                          code == ErrorCode::list_unending || code == ErrorCode::url_refused;
    if (contact.state == Contact::stopped && may_pass) violate("given up on what may pass: " + watched.job_path);
    if (contact.state == Contact::sign_in && revocations_ == 0) violate("a user is asked to sign in whose token a refresh renews: " + watched.job_path);
    if ((contact.state == Contact::retrying || contact.state == Contact::throttled) && !contact.asking && !contact.next_at) violate("trouble without a next attempt: " + watched.job_path);
  }

  void check_truth(Watched& watched, const Job& job, const SimulatedJob& truth) {
    const bool over = is_terminal(job.status.state);
    if (watched.is_over && !over) violate("an end is taken back: " + watched.job_path);
    if (over && !truth.is_over(now_)) violate("an end before its time, as " + job.status.text + ": " + watched.job_path);
    if (over && job.status.text != truth.status(now_)) violate("a wrong end, " + job.status.text + " for " + truth.status(now_) + ": " + watched.job_path);
    if (over && !watched.is_over) ++jobs_ended_;
    if (!over && job.status.text != "InProgress" && job.status.text != "Cancelling") violate("a status the service never had: " + job.status.text);
    if (job.duration && *job.duration < watched.shown) violate("a late answer won: " + watched.job_path);
    if (job.duration) watched.shown = *job.duration;
    watched.is_over = over;
  }

  std::string describe(const tracking::ContactView& contact) const {
    const auto seconds = [&](std::optional<Milliseconds> at) { return at ? std::to_string((*at - 1s - now_).count() / 1000) + " s" : std::string("never"); };
    return std::string(tracking::name_of(contact.state)) + (contact.asking ? ", asking" : "") + ", answered " + seconds(contact.answered_at) + ", next " + seconds(contact.next_at);
  }

  // A running state is younger than the ceiling, or says why it is not; an end is shown at most one ceiling after nothing stood in the way.
  void check_age(Watched& watched, const tracking::WatchedJob& shown, const SimulatedJob& truth) {
    const auto& contact = shown.contact;
    const bool quiet = visible_ && online_ && token_ == Token::good && outage_ == Outage::none && fault_rate_ == 0 && !watched.paused && now_ >= asleep_until_;
    const bool explained = is_explained(contact.state) || contact.state == tracking::Contact::stopped;
    // The budget may want more time, and then says when.
    constexpr Milliseconds ceiling = 2min + 6s;
    const bool paced = contact.next_at && *contact.next_at - 1s > now_;
    if (watched.is_over || !quiet || explained || paced || contact.asking || (truth.gone_at && now_ >= *truth.gone_at)) {
      watched.could_be_known.reset();
      // An explanation holds until the next look.
      if (explained || watched.was_explained) watched.explained_at = now_;
      watched.was_explained = explained;
      // What is paced may wait as long as the budget's own interval for a list of many pages, and no longer.
      if (!watched.is_over && quiet && !explained && contact.answered_at && now_ + 1s - *contact.answered_at > 30min && now_ - watched.explained_at > 30min && now_ - touched_at_ > 30min) violate("shown without a word for half an hour: " + watched.job_path + ", " + describe(contact));
      return;
    }
    if (!watched.could_be_known) watched.could_be_known = now_;
    if (now_ - *watched.could_be_known > ceiling) violate("nothing stands in the way, and nothing is asked: " + watched.job_path + ", " + describe(contact));
  }

  void finish() {
    if (!violations_.empty()) return;
    for (auto& watched : watched_) {
      const SimulatedJob* truth = arm_.find(watched.job_path);
      if (!truth || (truth->gone_at && !watched.is_over)) continue;
      if (truth->is_over(now_ - 1h) && !watched.is_over) violate("an end is never shown: " + watched.job_path);
    }
    check_vaults();
    for (auto& watched : watched_) tracker_.unfollow(watched.id);
    for (auto& vault : watched_vaults_) tracker_.unfollow(vault.id);
    const auto step = tracker_.step(now());
    if (step.wake) violate("a timer is left behind");
    if (!step.send.empty()) violate("a request is left behind");
    if (tracker_.feed_count() > 0 || tracker_.store().size() > 0 || tracker_.table().size() > 0) violate("feeds or jobs are left behind");
  }

  enum class Token { good, rejects, hangs, expired, revoked };

  bool trace_;
  std::mt19937 random_;
  Milliseconds length_;
  tracking::VaultTracker tracker_;
  SimulatedArm arm_;
  Milliseconds now_{0};
  Milliseconds wall_apart_{};
  Milliseconds asleep_until_{0};
  Milliseconds touched_at_{0};
  std::optional<Milliseconds> wake_{0ms};
  int idle_steps_ = 0;
  bool online_ = true, visible_ = true, headers_are_readable_ = false;
  double fault_rate_ = 0;
  Outage outage_ = Outage::none;
  Token token_ = Token::good;
  std::multimap<Milliseconds, Event> events_;
  std::priority_queue<Delivery> deliveries_;
  std::map<arm::RequestId, Sent> in_flight_;
  std::vector<Watched> watched_;
  std::vector<WatchedVault> watched_vaults_;
  std::uint64_t seen_rows_ = 0;  // of the table's journal
  std::set<std::string> ended_rows_;
  unsigned last_job_ = 0;

  int revocations_ = 0;
  int requests_ = 0, jobs_ended_ = 0;
  std::vector<std::string> violations_;
  std::map<std::string, Milliseconds> not_before_;
  std::set<std::string> read_after_end_;
  std::map<std::string, Milliseconds> user_asked_;
  std::map<std::string, std::optional<Milliseconds>> hidden_reads_;
  std::optional<Milliseconds> hidden_since_;
  std::map<std::string, std::deque<Milliseconds>> spent_;
  std::map<std::string, int> limits_;
};

}  // namespace abj::simulation
