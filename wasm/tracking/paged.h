// A list that is read to its end, page by page, whatever it is of: by links, or by Resource Graph's tokens.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "arm/url.h"
#include "model/error.h"
#include "model/text.h"
#include "tracking/feed.h"

namespace abj::tracking {

class Paged {
 public:
  // More pages than any such list has; one that pages on for ever is stopped here.
  static constexpr std::size_t most_pages = 500;

  Paged() = default;
  explicit Paged(std::string url, std::string body = {}) : url_(std::move(url)), body_(std::move(body)) {}

  const std::string& url() const { return url_; }
  const std::string& body() const { return body_; }

  // The feed asks for the first page next.
  void begin_again(Feed& feed) {
    feed.url = url_;
    feed.body = body_;
    pages_.clear();
  }

  // The feed asks for the next page next: `link` as it came, or (where the list is Resource Graph's) what the POST says then. Error: it leads where nothing may be
  // asked (DESIGN.md, rule 6), or in circles.
  std::optional<Error> go_on(Feed& feed, const arm::Endpoint& endpoint, std::string_view link, std::string body) {
    std::string url = feed.url;
    if (body.empty()) {
      auto next = arm::pin(endpoint, link);
      if (!next) return next.error();
      url = std::move(*next);
    }
    pages_.insert(hash_of(feed.body, hash_of(feed.url)));
    if (pages_.contains(hash_of(body, hash_of(url))) || pages_.size() >= most_pages) return Error{ErrorCode::list_unending, "a list of " + decimal(pages_.size()) + " pages and more"};
    feed.url = std::move(url);
    feed.body = std::move(body);
    return {};
  }

 private:
  std::string url_, body_;  // of the first page
  std::set<Hash> pages_;    // that came
};

}  // namespace abj::tracking
