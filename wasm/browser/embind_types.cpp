// What crosses to JavaScript, in place of libembind, which registers every integer, wide string and view of memory there is, with run-time
// type information: 1.5 KB on the wire for types that nothing here uses.
#include <emscripten/bind.h>

#include <string>

extern "C" [[gnu::constructor]] void abj_register_types() {
  using namespace emscripten::internal;
  _embind_register_void(TypeID<void>::get(), "void");
  _embind_register_bool(TypeID<bool>::get(), "bool", sizeof(bool), true, false);
  _embind_register_integer(TypeID<unsigned>::get(), "unsigned int", sizeof(unsigned), 0, static_cast<std::uint32_t>(-1));
  _embind_register_float(TypeID<double>::get(), "double", sizeof(double));
  _embind_register_std_string(TypeID<std::string>::get(), "std::string");
  _embind_register_emval(TypeID<emscripten::val>::get(), "emscripten::val");
}
