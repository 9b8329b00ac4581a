// Memory that held what nobody should find later: tokens, and the service's own secrets.
#pragma once

#include <cstddef>
#include <cstring>

namespace abj::browser {

// Overwrites; not left out by an optimiser who sees that the memory is given back next.
inline void wipe(const void* memory, std::size_t size) {
  std::memset(const_cast<void*>(memory), 0, size);
  asm volatile("" : : "r"(memory) : "memory");
}

}  // namespace abj::browser
