// x · wᵀ in the tile registers of AMX (Intel's manual 1, chapter 18), for few rows of x and weights as they lie in
// memory, which is read once.
//
// A tile of w holds 16 of its rows, 32 elements of each; a tile of x 16 of its rows, in which pairs along k stand side
// by side, as the instruction wants its second factor; a third 16 x 16 sums in float. A row of x sees the same sums in
// the same order however many rows go with it.
#pragma once

#include "kernel.h"

#if defined(__AMX_TILE__) && defined(__AMX_BF16__) && defined(__linux__)
#define QUAESTOR_TILES
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace quaestor {

#ifdef QUAESTOR_TILES

// Linux gives a process tile registers when it asks for them.
inline bool have_tiles() {
  static const bool have = [] {
    constexpr long request_permission = 0x1023, tile_data = 18;
    return syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
  }();
  return have;
}

inline constexpr Index tile_side = 16;
inline constexpr Index tile_depth = 32;
// Words of a packed tile, and sums of a product of two.
inline constexpr Index tile_words = 256;

// The shapes that fill tiles of w without a rest.
inline bool fills_tiles(Index k, Index n) { return k % tile_depth == 0 && n % tile_side == 0; }

// All eight tiles 16 rows of 64 bytes, for this thread, as long as this lives.
class TileRegisters {
 public:
  TileRegisters() {
    struct alignas(64) {
      std::uint8_t palette = 1, start = 0, reserved[14] = {};
      std::uint16_t bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
      std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
    } layout;
    _tile_loadconfig(&layout);
  }
  ~TileRegisters() { _tile_release(); }
  TileRegisters(const TileRegisters&) = delete;
  TileRegisters& operator=(const TileRegisters&) = delete;
};

// Rows of x as tiles, [tile][k / 32][pair along k][16 rows]; rows that are missing are 0.
inline void pack_rows(Index m, Index k, const bfloat16* x, std::uint32_t* packed) {
  const Index pairs = k / 2;
  for (Index first = 0; first < m; first += tile_side, packed += pairs * tile_side) {
    const Index rows = std::min(m - first, tile_side);
    if (rows < tile_side) std::memset(packed, 0, pairs * tile_side * sizeof *packed);
    for (Index row = 0; row < rows; ++row) {
      const bfloat16* source = x + (first + row) * k;
      for (Index pair = 0; pair < pairs; ++pair)
        std::memcpy(packed + pair * tile_side + row, source + 2 * pair, sizeof *packed);
    }
  }
}

// sums[tile of w][tile of x][16 rows of w][16 rows of x].
// `comes` : the rows of w come from memory, and those that follow are fetched ahead. Hardware loses sight of so many
// rows beside each other.
template <int of_w, int of_x, bool comes>
void sum_tiles(Index k, const bfloat16* w, const std::uint32_t* packed, float* sums) {
  const Index stride = k * static_cast<Index>(sizeof(bfloat16));
  const std::uint32_t* other = packed + k / 2 * tile_side;
  // Registers are literal numbers: 0 to 3 hold sums, 4 and 5 rows of w, 6 and 7 rows of x.
  _tile_zero(0);
  if constexpr (of_x > 1) _tile_zero(1);
  if constexpr (of_w > 1) _tile_zero(2);
  if constexpr (of_w > 1 && of_x > 1) _tile_zero(3);
  for (Index i = 0; i < k; i += tile_depth, packed += tile_words, other += tile_words) {
    if constexpr (comes)
      for (Index row = 0; row < of_w * tile_side; ++row)
        __builtin_prefetch(w + (of_w * tile_side + row) * k + i, 0, 2);
    _tile_loadd(4, w + i, stride);
    _tile_loadd(6, packed, 64);
    _tile_dpbf16ps(0, 4, 6);
    if constexpr (of_w > 1) {
      _tile_loadd(5, w + tile_side * k + i, stride);
      _tile_dpbf16ps(2, 5, 6);
    }
    if constexpr (of_x > 1) {
      _tile_loadd(7, other, 64);
      _tile_dpbf16ps(1, 4, 7);
      if constexpr (of_w > 1) _tile_dpbf16ps(3, 5, 7);
    }
  }
  _tile_stored(0, sums, 64);
  if constexpr (of_x > 1) _tile_stored(1, sums + tile_words, 64);
  if constexpr (of_w > 1) _tile_stored(2, sums + of_x * tile_words, 64);
  if constexpr (of_w > 1 && of_x > 1) _tile_stored(3, sums + 3 * tile_words, 64);
}

// One or two tiles of w with all rows of x.
template <int of_w, class Out>
void multiply_tiles(Index m, Index k, Index n, const std::uint32_t* packed, const bfloat16* w, Out* y) {
  alignas(64) float sums[4 * tile_words];
  for (Index first = 0; first < m; first += 2 * tile_side) {
    const int of_x = m - first > tile_side ? 2 : 1;
    const std::uint32_t* rows = packed + first * (k / 2);
    if (first > 0)
      of_x > 1 ? sum_tiles<of_w, 2, false>(k, w, rows, sums) : sum_tiles<of_w, 1, false>(k, w, rows, sums);
    else
      of_x > 1 ? sum_tiles<of_w, 2, true>(k, w, rows, sums) : sum_tiles<of_w, 1, true>(k, w, rows, sums);
    for (int tile = 0; tile < of_w * of_x; ++tile) {
      const float* product = sums + tile * tile_words;
      const Index row = first + tile % of_x * tile_side;
      Out* to = y + row * n + tile / of_x * tile_side;
      for (Index r = 0; r < std::min(m - row, tile_side); ++r) {
        for (Index part = 0; part < tile_side; part += lanes) {
          float line[lanes];
          for (Index column = 0; column < lanes; ++column) line[column] = product[(part + column) * tile_side + r];
          store(to + r * n + part, load(line));
        }
      }
    }
  }
}

// x[M,K] · w[N,K]ᵀ -> y[M,N], for a K and an N that fill tiles.
template <class Out>
void multiply_in_tiles(Index m, Index k, Index n, const bfloat16* x, const bfloat16* w, Out* y) {
  thread_local Scratch scratch;
  auto* packed = reinterpret_cast<std::uint32_t*>(scratch.reserve(round_up(m, tile_side) * (k / 2)));
  pack_rows(m, k, x, packed);
  constexpr Index step = 2 * tile_side;
#pragma omp parallel if (n * k >= parallel_threshold * 8)
  {
    const TileRegisters registers;
#pragma omp for schedule(static)
    for (Index column = 0; column < n; column += step) {
      if (n - column >= step)
        multiply_tiles<2>(m, k, n, packed, w + column * k, y + column);
      else
        multiply_tiles<1>(m, k, n, packed, w + column * k, y + column);
    }
  }
}

#else

inline bool have_tiles() { return false; }

#endif

}  // namespace quaestor
