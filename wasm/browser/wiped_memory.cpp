// Answers hold secrets of the service (scripts, signed URLs), and every text on their way to the model is a copy: what is given back is wiped, so that none
// of them can be found in the module's memory later (TARGETS.md, row 17).
#include <malloc.h>

#include <cstdlib>
#include <new>

#include "browser/wipe.h"

void operator delete(void* memory) noexcept {
  if (memory) abj::browser::wipe(memory, malloc_usable_size(memory));
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
