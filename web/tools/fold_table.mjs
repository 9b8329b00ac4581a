// Prints wasm/store/fold_table.h: Unicode's simple case folding, as this Node's own tables have it.
//   node web/tools/fold_table.mjs > wasm/store/fold_table.h
const from = (code) => String.fromCodePoint(code);
const is_one = (text) => [...text].length === 1;
const escaped = (code) => `\\u{${code.toString(16)}}`;

/** What a code point folds to. A regular expression with `iu` compares by simple case folding: of the characters that are equal so, one stands for all. */
function folded(code) {
  const text = from(code);
  for (const other of [text.toUpperCase().toLowerCase(), text.toLowerCase()]) {
    if (!is_one(other) || other === text) continue;
    const target = other.codePointAt(0);
    if (new RegExp(`^${escaped(target)}$`, 'iu').test(text)) return target;
  }
  return code;
}

const ranges = [];
for (let code = 0x80; code < 0x1f000; ++code) {
  if (code >= 0xd800 && code < 0xe000) continue;
  const delta = folded(code) - code;
  if (delta === 0) continue;
  const last = ranges.at(-1);
  const gap = last && code - last.last;
  if (last?.delta === delta && (last.step === 0 ? gap <= 2 : gap === last.step)) Object.assign(last, { last: code, step: gap });
  else ranges.push({ first: code, last: code, step: 0, delta });
}
const rows = ranges.map(({ first, last, step, delta }) => `{0x${first.toString(16)}, 0x${last.toString(16)}, ${step || 1}, ${delta}}`);
const lines = [];
for (let i = 0; i < rows.length; i += 6) lines.push(`    ${rows.slice(i, i + 6).join(', ')},`);
console.log(`// Made by web/tools/fold_table.mjs from Unicode ${process.versions.unicode}: simple case folding beyond ASCII.
#pragma once

#include <cstdint>

namespace abj::store {

// Every \`step\`-th code point from \`first\` to \`last\` folds to itself plus \`delta\`.
struct FoldRange {
  std::uint32_t first, last;
  std::uint32_t step;
  std::int32_t delta;
};

inline constexpr FoldRange fold_ranges[] = {
${lines.join('\n')}
};

}  // namespace abj::store`);
