#include "store/fold.h"

#include <gtest/gtest.h>

namespace abj::store {
namespace {

TEST(Fold, CodePointByCodePoint) {
  const struct {
    std::string_view text, folded;
  } rows[] = {
      {"", ""},
      {"VM-Web-01", "vm-web-01"},
      {"ÄÖÜ Straße", "äöü straße"},
      {"STRASSE", "strasse"},
      {"ẞ", "ß"},
      {"ΟΔΥΣΣΕΥΣ ς", "οδυσσευσ σ"},
      {"Ёлка КОМПЬЮТЕР", "ёлка компьютер"},
      {"İ ı", "İ ı"},
      {"ſK", "sk"},  // long s, and the Kelvin sign
      {"Ⅷ Ⓐ", "ⅷ ⓐ"},
      {"𐐀", "𐐨"},
      {"備份 バックアップ 백업", "備份 バックアップ 백업"},
      {"Ǆ ǅ ǆ", "ǆ ǆ ǆ"},
      {"\xff\xc3(\xe2\x82", "\xff\xc3(\xe2\x82"},
  };
  for (const auto& row : rows) EXPECT_EQ(folded(row.text), row.folded) << row.text;
  EXPECT_EQ(folded(folded("ΐ ᾼ Ⴀ Ꭰ")), folded("ΐ ᾼ Ⴀ Ꭰ"));
}

TEST(Fold, NamesInTheOrderPeopleExpect) {
  const std::string_view names[] = {"", "01", "1", "2", "10", "10a", "99999999999999999999998", "99999999999999999999999", "a", "vm", "vm-", "vm-0", "vm-01", "vm-1", "vm-1a", "vm-2", "vm-9-b", "vm-10", "vm-10-a", "vma", "ä", "備"};
  for (std::size_t i = 0; i < std::size(names); ++i)
    for (std::size_t k = 0; k < std::size(names); ++k) {
      const int order = compare_names(names[i], names[k]);
      EXPECT_EQ(order < 0, i < k) << names[i] << " | " << names[k];
      EXPECT_EQ(order > 0, i > k) << names[i] << " | " << names[k];
    }
}

}  // namespace
}  // namespace abj::store
