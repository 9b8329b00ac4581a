#include "browser/value.h"

#include <emscripten/em_js.h>
#include <emscripten/emscripten.h>

#include <string>

#include "decode/secrets.h"

// Service text may hold NUL characters: it is decoded by its length. Keys are literals, few and asked for again and again.
EM_JS(void, abj_put, (emscripten::EM_VAL into, const char* key, int kind, double value, const char* text, unsigned length), {
  const target = Emval.toValue(into);
  const field = kind === 0 ? (length ? UTF8Decoder.decode(HEAPU8.subarray(text, text + length)) : "") : kind === 1 ? (value === value ? value : null) : kind === 2 ? value > 0 : Emval.toValue(text);
  const keys = abj_put.keys = abj_put.keys || [];
  if (key) target[keys[key] = keys[key] || UTF8ToString(key)] = field;
  else target.push(field);
});

namespace abj::browser {

void Value::text(const char* key, std::string_view value) {
  const std::string shown = decode::masked(value);
  abj_put(value_.as_handle(), key, 0, 0, shown.data(), static_cast<unsigned>(shown.size()));
}
void Value::number(const char* key, double value) { abj_put(value_.as_handle(), key, 1, value, nullptr, 0); }
void Value::boolean(const char* key, bool value) { abj_put(value_.as_handle(), key, 2, value, nullptr, 0); }
void Value::put(const char* key, const Value& value) { abj_put(value_.as_handle(), key, 3, 0, reinterpret_cast<const char*>(value.value_.as_handle()), 0); }

}  // namespace abj::browser
