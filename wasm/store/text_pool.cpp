#include "store/text_pool.h"

#include "model/text.h"

namespace abj::store {

void TextPool::clear() {
  bytes_ = std::vector<char>();
  ends_ = std::vector<std::uint32_t>(2);
  slots_ = std::vector<TextId>(64);
}

// Where the text is, or would be.
std::size_t TextPool::slot_of(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(hash_of(text)) & mask;
  while (slots_[slot] != 0 && this->text(slots_[slot]) != text) slot = (slot + 1) & mask;
  return slot;
}

TextId TextPool::find(std::string_view text) const { return text.empty() ? 0 : slots_[slot_of(text)]; }

TextId TextPool::add(std::string_view text) {
  if (text.empty()) return 0;
  std::size_t slot = slot_of(text);
  if (slots_[slot] != 0) return slots_[slot];
  if (size() * 4 > slots_.size() * 3) {
    grow();
    slot = slot_of(text);
  }
  const auto id = static_cast<TextId>(size());
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  return slots_[slot] = id;
}

void TextPool::grow() {
  slots_ = std::vector<TextId>(slots_.size() * 2);
  for (TextId id = 1; id < size(); ++id) slots_[slot_of(text(id))] = id;
}

}  // namespace abj::store
