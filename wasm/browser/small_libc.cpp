// nlohmann's lexer calls strtod for numbers with a fraction, strtoull for those without, and snprintf for its own error texts; embind calls
// sprintf for names of types it does not know. We use hardly any of their results (the reader hands numbers on as text and reports positions
// only), but libc's versions bring 128-bit floats and all of printf: a sixth of the module.
#include <cerrno>
#include <cstdarg>
#include <cinttypes>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <string_view>

#include "decode/number.h"

namespace {

// The lexer has seen digits of base 10 only, and takes what overflows (ERANGE) as a float, whose text the reader keeps: so all of them are.
template <class Integer>
Integer whole_number(const char* text, char** end) {
  errno = ERANGE;
  if (end) *end = const_cast<char*>(text) + std::string_view(text).size();
  return 0;
}

}  // namespace

extern "C" {

double strtod(const char* text, char** end) {
  const std::string_view view(text);
  if (end) *end = const_cast<char*>(text) + view.size();
  return abj::decode::parse_number(view).value_or(std::numeric_limits<double>::infinity());
}

// They live in libc's same object file.
float strtof(const char* text, char** end) { return static_cast<float>(strtod(text, end)); }
long double strtold(const char* text, char** end) { return strtod(text, end); }

unsigned long long strtoull(const char* text, char** end, int) { return whole_number<unsigned long long>(text, end); }
long long strtoll(const char* text, char** end, int) { return whole_number<long long>(text, end); }

// They live in libc's same object file; std::stol would call them, and nobody calls that.
unsigned long strtoul(const char* text, char** end, int) { return whole_number<unsigned long>(text, end); }
long strtol(const char* text, char** end, int) { return whole_number<long>(text, end); }
std::uintmax_t strtoumax(const char* text, char** end, int) { return whole_number<std::uintmax_t>(text, end); }
std::intmax_t strtoimax(const char* text, char** end, int) { return whole_number<std::intmax_t>(text, end); }

int snprintf(char* out, std::size_t size, const char*, ...) {
  if (size > 0) *out = '\0';
  return 0;
}

// Emscripten's fetch copies a method's name; libc's own versions go by words, for texts that are long.
char* strcpy(char* to, const char* from) {
  for (char* at = to; (*at = *from); ++at) ++from;
  return to;
}
}
