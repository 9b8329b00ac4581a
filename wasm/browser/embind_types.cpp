// What crosses to JavaScript, in place of libembind, which registers every integer, wide string and view of memory there is, with run-time
// type information: 1.5 KB on the wire for types that nothing here uses. embind_glue.js has no use for their names.
#include <emscripten/bind.h>

#include <string>

extern "C" [[gnu::constructor]] void abj_register_types() {
  using namespace emscripten::internal;
  _embind_register_void(TypeID<void>::get(), "");
  _embind_register_bool(TypeID<bool>::get(), "", sizeof(bool), true, false);
  _embind_register_integer(TypeID<unsigned>::get(), "", sizeof(unsigned), 0, static_cast<std::uint32_t>(-1));
  _embind_register_float(TypeID<double>::get(), "", sizeof(double));
  _embind_register_std_string(TypeID<std::string>::get(), "");
  _embind_register_emval(TypeID<emscripten::val>::get(), "");
}
