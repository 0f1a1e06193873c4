// x · wᵀ in whole numbers of one byte (VNNI; Intel's manual 2, VPDPBUSD), for many rows of x, where it spares time, and
// for few, where it spares memory to read. Both factors are rounded with one scale for every 32 along the summed
// dimension (the blocks of ggml's Q8_0):
//   x·H ≈ s·a, w·H ≈ t·b, a and b whole within ±127        y = Σ over blocks of s·t/32·Σ a·b
// H is the 32 x 32 matrix of Hadamard, H·Hᵀ = 32: it spreads a channel that stands out over its block, whose other
// channels would be rounded away beside it (QuaRot, arXiv 2404.00456).
// The instruction multiplies unsigned by signed bytes, so b is kept as b + 128 and sums begin at −128·Σ a.
#pragma once

#include "kernel.h"

#if defined(__AVX512VNNI__) && defined(__AVX512BW__)
#define QUAESTOR_BYTES
#include <immintrin.h>
#endif

namespace quaestor {

namespace bytes {

inline constexpr Index block = 32;

// Weights in bytes. 32 rows of them are a panel: [k / 4][32 rows][4 bytes], then [k / 32][32 rows] scales.
struct PackedWord {
  std::uint32_t bits;
};

inline constexpr Index rows_of_panel = 32;
inline Index words_of_row(Index k) { return round_up(k, block) / 4 + round_up(k, block) / block; }
inline Index words_of_panel(Index k) { return rows_of_panel * words_of_row(k); }

}  // namespace bytes

// TensorFlow holds them as whole numbers.
template <>
inline constexpr TF_DataType type_of<bytes::PackedWord> = TF_INT32;

#ifdef QUAESTOR_BYTES

inline constexpr bool have_bytes = true;

namespace bytes {

inline constexpr Index group = 4;  // bytes of one lane of the instruction
// Sums of so many rows of x and two registers of rows of w stand in registers, whole and as float.
inline constexpr int rows_of_tile = 6;
inline constexpr Index columns_of_tile = 2 * lanes;
static_assert(columns_of_tile == rows_of_panel);
// Rows of x that stay in a core's own cache while all of w passes by.
inline constexpr Index rows_at_once = 40 * rows_of_tile;

// Rows of x as bytes: [row][k], and for each block of a row a scale and −128·Σ a, where its sums begin.
struct Rows {
  std::int8_t* values;
  float* scales;
  std::int32_t* starts;
};

// The two halves of a block, 0 beyond `count`.
template <class T>
inline void load_block(const T* source, Index count, Floats (&halves)[2]) {
  halves[0] = load(source, count);
  halves[1] = count > lanes ? load(source + lanes, count - lanes) : Floats{};
}

// Adds and subtracts neighbours `distance` lanes apart.
template <int distance>
inline __m512 mix_lanes(__m512 values) {
  __m512 others;
  __mmask16 upper;  // lanes that have a lower neighbour
  if constexpr (distance == 8) {
    others = _mm512_shuffle_f32x4(values, values, 0x4e);
    upper = 0xff00;
  } else if constexpr (distance == 4) {
    others = _mm512_shuffle_f32x4(values, values, 0xb1);
    upper = 0xf0f0;
  } else if constexpr (distance == 2) {
    others = _mm512_permute_ps(values, 0x4e);
    upper = 0xcccc;
  } else {
    others = _mm512_permute_ps(values, 0xb1);
    upper = 0xaaaa;
  }
  return _mm512_mask_sub_ps(_mm512_add_ps(values, others), upper, others, values);
}

// A block times H.
inline void mix_block(Floats (&halves)[2]) {
  const __m512 low = (__m512)halves[0], high = (__m512)halves[1];
  const auto mix = [](__m512 half) { return mix_lanes<1>(mix_lanes<2>(mix_lanes<4>(mix_lanes<8>(half)))); };
  halves[0] = (Floats)mix(_mm512_add_ps(low, high));
  halves[1] = (Floats)mix(_mm512_sub_ps(low, high));
}

// Rounds a block to whole numbers. @returns its scale
inline float round_block(const Floats (&halves)[2], __m512i (&whole)[2]) {
  const __m512 low = (__m512)halves[0], high = (__m512)halves[1];
  const float most = _mm512_reduce_max_ps(_mm512_max_ps(_mm512_abs_ps(low), _mm512_abs_ps(high)));
  const __m512 factor = _mm512_set1_ps(most > 0 ? 127.0f / most : 0.0f);
  whole[0] = _mm512_cvtps_epi32(_mm512_mul_ps(low, factor));
  whole[1] = _mm512_cvtps_epi32(_mm512_mul_ps(high, factor));
  return most / 127.0f;
}

inline void pack_row(Index k, const float* x, const Rows& to) {
  for (Index i = 0, b = 0; i < k; i += block, ++b) {
    Floats halves[2];
    __m512i whole[2];
    load_block(x + i, k - i, halves);
    mix_block(halves);
    to.scales[b] = round_block(halves, whole) / block;
    to.starts[b] = -128 * _mm512_reduce_add_epi32(_mm512_add_epi32(whole[0], whole[1]));
    for (int half = 0; half < 2; ++half)
      _mm_storeu_si128(reinterpret_cast<__m128i*>(to.values + i + half * lanes), _mm512_cvtepi32_epi8(whole[half]));
  }
}

// `count` <= 32 rows of w as a panel; what it holds of those that are missing counts for nothing.
template <class W>
inline void pack_panel(Index k, Index count, const W* w, PackedWord* panel) {
  auto* values = reinterpret_cast<std::uint8_t*>(panel);
  auto* scales = reinterpret_cast<float*>(values + round_up(k, block) * columns_of_tile);
  for (Index row = 0; row < count; ++row, w += k) {
    for (Index i = 0, b = 0; i < k; i += block, ++b) {
      Floats halves[2];
      __m512i whole[2];
      load_block(w + i, k - i, halves);
      mix_block(halves);
      scales[b * columns_of_tile + row] = round_block(halves, whole);
      for (int half = 0; half < 2; ++half) {
        alignas(16) std::uint8_t line[lanes];
        const __m128i shifted = _mm_xor_si128(_mm512_cvtepi32_epi8(whole[half]), _mm_set1_epi8(static_cast<char>(0x80)));
        _mm_store_si128(reinterpret_cast<__m128i*>(line), shifted);
        for (Index g = 0; g < lanes / group; ++g)
          std::memcpy(values + ((i + half * lanes) / group + g) * columns_of_tile * group + row * group,
                      line + g * group, group);
      }
    }
  }
}

// y[rows][count] of `rows` rows of x and one panel.
template <int rows>
inline void multiply_tile(Index k, const Rows& x, const PackedWord* panel, Index count, float* y, Index n) {
  const Index blocks = k / block;
  const auto* right = reinterpret_cast<const std::uint8_t*>(panel);
  const auto* scales = reinterpret_cast<const float*>(right + k * columns_of_tile);
  __m512 total[rows][2];
  for (auto& row : total) row[0] = row[1] = _mm512_setzero_ps();
  for (Index b = 0; b < blocks; ++b) {
    __m512i sum[rows][2];
    for (int r = 0; r < rows; ++r) sum[r][0] = sum[r][1] = _mm512_set1_epi32(x.starts[r * blocks + b]);
    for (Index g = 0; g < block / group; ++g, right += columns_of_tile * group) {
      const __m512i first = _mm512_loadu_si512(right), second = _mm512_loadu_si512(right + lanes * group);
      for (int r = 0; r < rows; ++r) {
        std::int32_t four;
        std::memcpy(&four, x.values + r * k + b * block + g * group, sizeof four);
        const __m512i left = _mm512_set1_epi32(four);
        sum[r][0] = _mm512_dpbusd_epi32(sum[r][0], first, left);
        sum[r][1] = _mm512_dpbusd_epi32(sum[r][1], second, left);
      }
    }
    for (int half = 0; half < 2; ++half) {
      const __m512 scale = _mm512_loadu_ps(scales + b * columns_of_tile + half * lanes);
      for (int r = 0; r < rows; ++r) {
        const __m512 both = _mm512_mul_ps(scale, _mm512_set1_ps(x.scales[r * blocks + b]));
        total[r][half] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sum[r][half]), both, total[r][half]);
      }
    }
  }
  for (int r = 0; r < rows; ++r) {
    store(y + r * n, (Floats)total[r][0], count);
    if (count > lanes) store(y + r * n + lanes, (Floats)total[r][1], count - lanes);
  }
}

using MultiplyTile = void (*)(Index, const Rows&, const PackedWord*, Index, float*, Index);
constexpr MultiplyTile multiply_tiles[rows_of_tile] = {multiply_tile<1>, multiply_tile<2>, multiply_tile<3>,
                                                       multiply_tile<4>, multiply_tile<5>, multiply_tile<6>};

inline Index panels_of(Index n) { return round_up(n, columns_of_tile) / columns_of_tile; }

}  // namespace bytes

// w[n,k] as panels: packed[panels_of(n)][words_of_panel(k)].
template <class W>
void pack_bytes(Index k, Index n, const W* w, bytes::PackedWord* packed) {
  using namespace bytes;
#pragma omp parallel for schedule(static) if (n * k >= parallel_threshold)
  for (Index column = 0; column < n; column += columns_of_tile)
    pack_panel(k, std::min(columns_of_tile, n - column), w + column * k,
               packed + column / columns_of_tile * words_of_panel(k));
}

// y[m,n] = x[m,k] · wᵀ with w packed. A row's result does not depend on which others go with it.
inline void multiply_packed(Index m, Index k, Index n, const float* x, const bytes::PackedWord* w, float* y) {
  using namespace bytes;
  const Index depth = round_up(k, block), blocks = depth / block;
  thread_local Scratch scratch;
  float* memory = scratch.reserve(m * depth / 4 + 2 * m * blocks);
  const Rows all{reinterpret_cast<std::int8_t*>(memory), memory + m * depth / 4,
                 reinterpret_cast<std::int32_t*>(memory + m * depth / 4 + m * blocks)};
  const auto from = [&](Index row) -> Rows {
    return {all.values + row * depth, all.scales + row * blocks, all.starts + row * blocks};
  };

#pragma omp parallel if (m * n * k >= parallel_threshold * 8)
  {
#pragma omp for schedule(static)
    for (Index row = 0; row < m; ++row) pack_row(k, x + row * k, from(row));
#pragma omp for schedule(static) collapse(2)
    for (Index first = 0; first < m; first += rows_at_once)
      for (Index column = 0; column < n; column += columns_of_tile) {
        const PackedWord* panel = w + column / columns_of_tile * words_of_panel(k);
        const Index count = std::min(columns_of_tile, n - column), end = std::min(m, first + rows_at_once);
        for (Index row = first; row < end; row += rows_of_tile)
          multiply_tiles[std::min<Index>(rows_of_tile, end - row) - 1](depth, from(row), panel, count,
                                                                       y + row * n + column, n);
      }
  }
}

// y[m,n] = x[m,k] · w[n,k]ᵀ, w packed on the way.
template <class W>
void multiply_in_bytes(Index m, Index k, Index n, const float* x, const W* w, float* y) {
  using namespace bytes;
  thread_local Scratch scratch;
  auto* packed = reinterpret_cast<PackedWord*>(scratch.reserve(panels_of(n) * words_of_panel(k)));
  pack_bytes(k, n, w, packed);
  multiply_packed(m, k, n, x, packed, y);
}

#else

inline constexpr bool have_bytes = false;

#endif

}  // namespace quaestor
