// Texts, each once: vaults, items, words of the service, and whole records that many jobs share.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace abj::store {

using TextId = std::uint32_t;  // 0: the empty text

class TextPool {
 public:
  TextPool() { clear(); }

  TextId add(std::string_view text);
  // The id of a text that is there; nothing becomes the empty text's.
  TextId find(std::string_view text) const;
  // Valid until the next add().
  std::string_view text(TextId id) const { return std::string_view(bytes_.data() + ends_[id], ends_[id + 1] - ends_[id]); }
  std::size_t size() const { return ends_.size() - 1; }
  std::size_t bytes() const { return bytes_.capacity() + (ends_.capacity() + slots_.capacity()) * sizeof(std::uint32_t); }
  void clear();

 private:
  std::size_t slot_of(std::string_view text) const;
  void grow();

  std::vector<char> bytes_;
  std::vector<std::uint32_t> ends_;   // where a text begins: where the one before it ends
  std::vector<TextId> slots_;         // by hash, open addressing; 0: free
};

}  // namespace abj::store
