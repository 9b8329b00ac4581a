#include "browser/fetcher.h"

#include <emscripten/em_js.h>
#include <emscripten/emscripten.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "browser/wipe.h"

namespace {

// A token is a few kB; anything longer is no token, and no server takes such a header.
constexpr int longest_token = 32 * 1024;
constexpr std::string_view scheme = "Bearer ";
// How much too early a browser's timer may ring, in ms.
constexpr double timer_slack = 50;

}  // namespace

// The token never passes as an embind std::string: that would be a heap copy which is freed unwiped. What is not ASCII is no token: it does not
// fit in as many bytes as it has characters, and what is left of it is not usable.
EM_JS(int, abj_text_length, (emscripten::EM_VAL text), {
  const value = Emval.toValue(text);
  return typeof value === 'string' ? value.length : -1;
});
EM_JS(void, abj_text_copy, (emscripten::EM_VAL text, char* out, int size), { new TextEncoder().encodeInto(Emval.toValue(text), HEAPU8.subarray(out, out + size)); });

// emscripten_fetch_close does not cancel what is in flight (3.1.6): the XHR would write through the freed struct. So its handlers
// go first, then the XHR itself, then the struct.
EM_JS(void, abj_abort_xhr, (unsigned int id), {
  const xhr = Fetch.xhrs[id];
  xhr.onload = xhr.onerror = xhr.ontimeout = null;
  xhr.abort();
});

// Whether the answer came from where it was asked for: an XHR follows redirects without a word.
EM_JS(int, abj_came_from, (unsigned int id, const char* url), {
  const from = Fetch.xhrs[id].responseURL;
  return !from || new URL(from).origin === new URL(UTF8ToString(url)).origin ? 1 : 0;
});

namespace abj::browser {
namespace {

// "Bearer <token>" for as long as it takes to hand it over.
class BearerHeader {
 public:
  explicit BearerHeader(const emscripten::val& token) {
    const int length = abj_text_length(token.as_handle());
    if (length <= 0 || length > longest_token) return;
    size_ = scheme.size() + static_cast<std::size_t>(length);
    text_ = std::make_unique<char[]>(size_ + 1);
    std::memcpy(text_.get(), scheme.data(), scheme.size());
    abj_text_copy(token.as_handle(), text_.get() + scheme.size(), length);
    usable_ = std::all_of(text_.get() + scheme.size(), text_.get() + size_, [](char c) { return c > ' ' && c < '\x7f'; });
  }
  ~BearerHeader() {
    if (text_) wipe(text_.get(), size_);
  }
  BearerHeader(const BearerHeader&) = delete;
  BearerHeader& operator=(const BearerHeader&) = delete;

  bool usable() const { return usable_; }
  const char* text() const { return text_.get(); }

 private:
  std::unique_ptr<char[]> text_;
  std::size_t size_ = 0;
  bool usable_ = false;
};

std::string response_headers(emscripten_fetch_t* fetch) {
  const std::size_t size = emscripten_fetch_get_response_headers_length(fetch);
  std::string text(size, '\0');
  emscripten_fetch_get_response_headers(fetch, text.data(), text.size());
  return text;
}

}  // namespace

void Fetcher::keep(arm::Request&& request) {
  const auto id = request.id;
  flights_[id].request = std::move(request);
}

bool Fetcher::awaits_token(arm::RequestId id) const {
  const auto at = flights_.find(id);
  return at != flights_.end() && !at->second.fetch;
}

std::optional<arm::Response::Outcome> Fetcher::send(arm::RequestId id, const emscripten::val& token) {
  using Outcome = arm::Response::Outcome;
  const BearerHeader bearer(token);
  Flight& flight = flights_.at(id);
  const arm::Request request = std::move(flight.request);
  if (!bearer.usable()) {
    flights_.erase(id);
    return Outcome::token_invalid;
  }
  // Only the headers that are needed: every further one would cost preflights their cache.
  const bool has_body = !request.body.empty();
  const char* headers[] = {"Authorization", bearer.text(), has_body ? "Content-Type" : nullptr, "application/json", nullptr};
  emscripten_fetch_attr_t attributes;
  emscripten_fetch_attr_init(&attributes);
  std::strcpy(attributes.requestMethod, request.method == arm::Method::post ? "POST" : "GET");
  attributes.requestData = has_body ? request.body.data() : nullptr;  // sent, that is copied, before emscripten_fetch returns
  attributes.requestDataSize = request.body.size();
  attributes.attributes = EMSCRIPTEN_FETCH_LOAD_TO_MEMORY;
  attributes.timeoutMSecs = static_cast<unsigned>(timeout_.count());
  attributes.requestHeaders = headers;
  attributes.onsuccess = &Fetcher::on_done;
  attributes.onerror = &Fetcher::on_done;
  auto ticket = std::make_unique<Ticket>(Ticket{this, request.id});
  attributes.userData = ticket.get();
  flight.started = emscripten_get_now();
  failed_in_send_ = false;
  emscripten_fetch_t* fetch = emscripten_fetch(&attributes, request.url.c_str());
  // The XHR has its headers by now; the struct's own copies are not read again.
  for (const char* const* header = fetch->__attributes.requestHeaders; header && *header; ++header)
    wipe(*header, std::strlen(*header));
  if (failed_in_send_) {
    flights_.erase(id);
    emscripten_fetch_close(fetch);
    return Outcome::network_failed;
  }
  ticket.release();
  flight.fetch = fetch;
  return {};
}

void Fetcher::on_done(emscripten_fetch_t* fetch) {
  const auto* ticket = static_cast<const Ticket*>(fetch->userData);
  // An XHR that cannot even be sent calls back before emscripten_fetch has returned; send() deals with it.
  if (ticket->fetcher->awaits_token(ticket->request)) {
    ticket->fetcher->failed_in_send_ = true;
    return;
  }
  const std::unique_ptr<const Ticket> owned(ticket);
  owned->fetcher->finish(owned->request, fetch);
}

void Fetcher::finish(arm::RequestId request, emscripten_fetch_t* fetch) {
  const auto at = flights_.find(request);
  const double started = at->second.started;
  flights_.erase(at);

  arm::Response response;
  response.id = request;
  response.status = fetch->status;
  if (fetch->status == 0 || fetch->status > 599) {
    response.status = 0;
    const bool timed_out = emscripten_get_now() - started >= static_cast<double>(timeout_.count()) - timer_slack;
    response.outcome = timed_out ? arm::Response::Outcome::timed_out : arm::Response::Outcome::network_failed;
  } else if (!abj_came_from(fetch->id, fetch->url)) {
    response.outcome = arm::Response::Outcome::redirected;
  } else {
    response.headers = response_headers(fetch);
    if (fetch->data) response.body.assign(fetch->data, static_cast<std::size_t>(fetch->numBytes));
  }
  // An operation's answer may hold secrets, and its URL a signature.
  if (fetch->data) wipe(fetch->data, static_cast<std::size_t>(fetch->numBytes));
  wipe(fetch->url, std::strlen(fetch->url));
  emscripten_fetch_close(fetch);
  on_response_(owner_, std::move(response));
}

void Fetcher::abort(arm::RequestId request) {
  const auto at = flights_.find(request);
  if (at == flights_.end()) return;
  emscripten_fetch_t* fetch = at->second.fetch;
  flights_.erase(at);
  if (!fetch) return;
  delete static_cast<Ticket*>(fetch->userData);
  abj_abort_xhr(fetch->id);
  fetch->__attributes.onerror = nullptr;  // close would call it for what is still in flight
  emscripten_fetch_close(fetch);
}

void Fetcher::abort_all() {
  while (!flights_.empty()) abort(flights_.begin()->first);
}

}  // namespace abj::browser
