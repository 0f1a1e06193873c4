// Cuts a packed batch into its sequences, and each sequence into the square blocks that attention works on.
#pragma once

#include <vector>

#include "kernel.h"

namespace quaestor {

inline constexpr Index block_size = 64;

// Rows [begin, begin + length) see each other causally; in scratch memory they start at `padded_begin` and take
// `padded` rows.
struct Segment {
  Index begin;
  Index length;
  Index padded_begin;
  Index padded;

  Index blocks() const { return (length + block_size - 1) / block_size; }
};

// Rows [begin, begin + count) of a segment for one key head; `width` is the count with padding.
struct Block {
  Segment segment;
  Index head;
  Index begin;
  Index count;
  Index width;
};

struct Packing {
  std::vector<Segment> segments;  // longer than one row
  std::vector<Index> singles;     // rows that see only themselves
  Index padded_rows = 0;

  std::vector<Block> blocks(Index heads) const {
    std::vector<Block> all;
    for (Index head = 0; head < heads; ++head)
      for (const Segment& segment : segments)
        for (Index begin = 0; begin < segment.length; begin += block_size)
          all.push_back({segment, head, begin, std::min(block_size, segment.length - begin),
                         std::min(block_size, segment.padded - begin)});
    return all;
  }
};

// first[i] is the first row that row i sees; rows with the same value are neighbours.
inline Packing read_packing(const Tensor& first, Index rows) {
  first.expect({rows});
  const auto* values = first.data<std::int32_t>();
  Packing packing;
  for (Index begin = 0; begin < rows;) {
    require(values[begin] == begin, "first[", begin, "] must be ", begin, " (a segment starts here) or first[", begin,
            " - 1], got ", values[begin]);
    Index end = begin + 1;
    while (end < rows && values[end] == begin) ++end;
    if (end - begin == 1) {
      packing.singles.push_back(begin);
    } else {
      const Index padded = round_up(end - begin, column_step);
      packing.segments.push_back({begin, end - begin, packing.padded_rows, padded});
      packing.padded_rows += padded;
    }
    begin = end;
  }
  return packing;
}

}  // namespace quaestor
