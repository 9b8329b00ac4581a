#include "tracking/feed.h"

#include "arm/url.h"
#include "model/text.h"

namespace abj::tracking {

std::string_view name_of(Contact contact) {
  switch (contact) {
    case Contact::none: return "none";
    case Contact::fresh: return "fresh";
    case Contact::retrying: return "retrying";
    case Contact::throttled: return "throttled";
    case Contact::offline: return "offline";
    case Contact::waiting_for_token: return "waiting-for-token";
    case Contact::sign_in: return "sign-in";
    case Contact::stopped: return "stopped";
    case Contact::ended: return "ended";
    case Contact::paused: return "paused";
  }
  return "none";
}

bool is_under_way(const Cancel& cancel, Milliseconds now) {
  constexpr Milliseconds patience = std::chrono::minutes(3);
  return cancel.state == Cancel::State::asking || (cancel.state == Cancel::State::accepted && now < cancel.answered_at + patience);
}

Hash pot_of(const Feed& feed) {
  constexpr std::string_view start = "/subscriptions/";
  const auto path = arm::path_of(feed.url);
  const auto at = find_ignoring_case(path, start);
  const bool other_provider = find_ignoring_case(path, "Microsoft.DataProtection") != std::string_view::npos;
  const Hash action = (feed.is_other ? 4u : feed.job || feed.is_list() ? (feed.body.empty() ? 1u : 2u) : 3u) + (other_provider ? 8u : 0u);
  if (at == std::string_view::npos) return action;
  return hash_ignoring_case(path.substr(at + start.size(), path.find('/', at + start.size()) - at - start.size()), action);
}

std::string_view name_of(Cancel::State state) {
  switch (state) {
    case Cancel::State::asking: return "asking";
    case Cancel::State::accepted: return "accepted";
    case Cancel::State::refused: return "refused";
  }
  return "refused";
}

}  // namespace abj::tracking
