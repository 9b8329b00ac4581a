#include "model/error.h"

namespace abj {

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::input_empty: return "input-empty";
    case ErrorCode::input_unrecognised: return "input-unrecognised";
    case ErrorCode::vault_needed: return "vault-needed";
    case ErrorCode::resource_id_malformed: return "resource-id-malformed";
    case ErrorCode::url_refused: return "url-refused";
    case ErrorCode::endpoint_refused: return "endpoint-refused";
    case ErrorCode::filter_refused: return "filter-refused";
    case ErrorCode::cancel_impossible: return "cancel-impossible";
    case ErrorCode::cancel_refused: return "cancel-refused";
    case ErrorCode::not_json: return "not-json";
    case ErrorCode::too_deep: return "too-deep";
    case ErrorCode::too_large: return "too-large";
    case ErrorCode::wrong_shape: return "wrong-shape";
    case ErrorCode::offline: return "offline";
    case ErrorCode::network: return "network";
    case ErrorCode::timed_out: return "timed-out";
    case ErrorCode::token_failed: return "token-failed";
    case ErrorCode::token_invalid: return "token-invalid";
    case ErrorCode::sign_in_needed: return "sign-in-needed";
    case ErrorCode::forbidden: return "forbidden";
    case ErrorCode::not_found: return "not-found";
    case ErrorCode::throttled: return "throttled";
    case ErrorCode::service_failed: return "service-failed";
    case ErrorCode::request_refused: return "request-refused";
    case ErrorCode::answer_unreadable: return "answer-unreadable";
    case ErrorCode::redirected: return "redirected";
    case ErrorCode::list_unending: return "list-unending";
  }
  return "service-failed";
}

}  // namespace abj
