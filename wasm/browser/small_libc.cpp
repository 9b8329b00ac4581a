// nlohmann's lexer calls strtod for numbers with a fraction and snprintf for its own error texts. We use neither result (the reader hands
// numbers on as text and reports positions only), but libc's versions bring 128-bit floats and all of printf: a sixth of the module.
#include <cstdarg>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <string_view>

#include "decode/number.h"

extern "C" {

double strtod(const char* text, char** end) {
  const std::string_view view(text);
  if (end) *end = const_cast<char*>(text) + view.size();
  return abj::decode::parse_number(view).value_or(std::numeric_limits<double>::infinity());
}

// They live in libc's same object file.
float strtof(const char* text, char** end) { return static_cast<float>(strtod(text, end)); }
long double strtold(const char* text, char** end) { return strtod(text, end); }

int snprintf(char* out, std::size_t size, const char*, ...) {
  if (size > 0) *out = '\0';
  return 0;
}
}
