// One resource that is being polled, for however many watches: an operation's status, a job, or the list that tells of a vault's jobs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "arm/exchange.h"
#include "arm/resource_id.h"
#include "model/error.h"
#include "model/operation.h"
#include "model/text.h"
#include "model/time.h"
#include "tracking/job_list.h"

namespace abj::tracking {

using FeedId = std::uint32_t;    // never 0, never used twice
using WatchId = std::uint32_t;  // never 0, never used twice

// How the asking goes, which is never how the job goes.
enum class Contact {
  none,               // nothing asked yet
  fresh,              // the last attempt brought an answer
  retrying,           // the last attempt failed; the next comes by itself
  throttled,          // the service asked us to wait
  offline,            // the browser says there is no network
  waiting_for_token,  // the host's getToken has not answered yet
  sign_in,            // two tokens were refused: stopped until the host or user says so
  stopped,            // asking again by itself cannot help
  ended,              // the resource will not change any more
  paused,             // by the user; of a watch, never of a feed
};

std::string_view name_of(Contact contact);

// A getToken that takes longer than this is told to the user.
constexpr Milliseconds slow_token = std::chrono::seconds(10);

struct InFlight {
  arm::RequestId request = 0;
  Milliseconds since{};
  bool sent = false;       // false while the token is awaited
  bool told_slow = false;  // that the token is long in coming has been reported
};

// A cancel that the user asked for, until the job has ended (AZURE.md §5). Accepted does not mean cancelled: the job itself says how it ends.
struct Cancel {
  enum class State { asking, accepted, refused };
  State state = State::asking;
  std::optional<InFlight> in_flight{};
  bool renewing = false;  // a fresh token was asked for
  std::string claims{};
  Milliseconds not_before{};     // monotonic; what the service asked for
  Milliseconds answered_at{};    // monotonic; when it was accepted
  std::optional<Error> error{};  // why it was refused, or could not be asked; then it may or may not have arrived
};

// Whether a cancel may still take effect. An accepted one that has not made itself seen by now (the job says Cancelling within seconds) may
// have been given up by the service without a word: then it may be asked for again.
bool is_under_way(const Cancel& cancel, Milliseconds now);

std::string_view name_of(Cancel::State state);

// Of a list that is read once: the jobs that ran then.
struct ListWindow {
  Instant from;
  std::optional<Instant> to{};  // none: up to now
  bool is_part = false;  // of a longer one, that was cut so that its parts can be read side by side
  int parts = 0;  // Resource Graph is asked for it, which has larger pages; where that cannot be, it is cut into so many
  std::ptrdiff_t known = 0;         // of the jobs that it has told of by now, those that were known before
  std::optional<Instant> oldest{};  // of their starts
};

struct Feed {
  std::string key;  // of the job, of the vault's list, or the operation's URL
  std::string url{};
  std::string body{};  // of a POST: cross-region jobs are read so
  Hash pot = 0;        // of the budget
  bool is_other = false;  // neither of jobs nor of an operation: whoever opened it takes its answers (Tracker::take_other)
  std::optional<arm::JobId> job{};
  Hash scope = 0;                 // a list's: what it tells of; a job's: its vault, 0 where no list tells of it (cross-region)
  std::optional<Operation> operation{};
  std::vector<WatchId> watches{};  // that want it; a list is wanted by its vault's jobs

  Contact contact = Contact::none;
  std::optional<Error> error{};
  std::optional<InFlight> in_flight{};
  std::optional<Milliseconds> next_at{};  // monotonic; none while in flight, ended or stopped
  Milliseconds not_before{};              // monotonic; what the service asked for
  std::optional<Milliseconds> answered_at{};  // monotonic; of the last good answer
  std::optional<Milliseconds> read_at{};  // monotonic; a job's: when it was last read by itself
  Milliseconds said_at{};  // monotonic; when that answer was asked for: what was asked for before does not count any more
  Milliseconds first_at{};  // monotonic; when the first good answer was asked for
  int answers = 0;
  int failures = 0;       // in a row
  bool over = false;      // what it says will not change any more
  bool closed = false;    // a job's: it was read by itself after it had ended
  bool urgent = false;    // the user wants it now
  bool renewing = false;  // a fresh token was asked for
  std::string claims{};
  std::optional<Cancel> cancel{};
  Milliseconds expected_until{};  // monotonic; an operation has just named it: until then a 404 may only mean "not yet" (AZURE.md §2.2)
  std::uint32_t revision = 0;     // grows when what it says, or how the asking goes, is not the same any more

  FeedId list = 0;               // a job's: the list that tells of it; 0: it is asked for by itself
  Milliseconds listed_at{};      // monotonic; a job's: when the page was asked for that last told of it
  std::optional<JobList> walk{};  // a list's: being read
  Milliseconds walk_began{};      // monotonic; when its first page was asked for
  std::optional<ListWindow> window{};  // a list's that is read once
  std::size_t pages = 0;          // a list's: how many the last reading to its end took

  bool is_list() const { return !job && !is_other && scope != 0; }
  bool is_of_graph() const { return window && window->parts > 0; }
  bool is_ended() const { return over; }
  bool is_halted() const { return contact == Contact::stopped || contact == Contact::sign_in; }
};

// Requests are counted per subscription and action (AZURE.md §7).
Hash pot_of(const Feed& feed);

}  // namespace abj::tracking
