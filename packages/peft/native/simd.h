// Portable SIMD through the vector extensions of GCC and Clang: one register of floats, conversions from and to
// bfloat16, exp2, reductions, and a register-blocked matrix product.
//
// bfloat16 is the upper half of a float32; stores round to nearest, ties to even, and keep NaN.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#ifdef __AVX512BF16__
#include <immintrin.h>
#endif

namespace quaestor {

struct bfloat16 {
  std::uint16_t bits;
};

// Width of a vector register in floats, and the widest register tile (in vectors) that does not spill.
#if defined(__AVX512F__)
inline constexpr int lanes = 16;
inline constexpr int tile_vectors = 4;
#elif defined(__AVX__)
inline constexpr int lanes = 8;
inline constexpr int tile_vectors = 2;
#elif defined(__aarch64__)
inline constexpr int lanes = 4;
inline constexpr int tile_vectors = 4;
#else
inline constexpr int lanes = 4;
inline constexpr int tile_vectors = 2;
#endif
inline constexpr int tile_rows = 4;

// Sizes that feed `multiply` as its column count are padded to this.
inline constexpr std::int64_t column_step = 16;

template <class Element, int count>
struct Pack {
  typedef Element type __attribute__((vector_size(count * sizeof(Element))));
};
using Floats = Pack<float, lanes>::type;
using Words = Pack<std::uint32_t, lanes>::type;
using Halves = Pack<std::uint16_t, lanes>::type;

template <class To, class From>
inline To bit_cast(const From& from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  std::memcpy(&to, &from, sizeof to);
  return to;
}

inline Floats broadcast(float value) { return value - Floats{}; }

inline Floats load(const float* source) {
  Floats value;
  std::memcpy(&value, source, sizeof value);
  return value;
}

inline Floats load(const bfloat16* source) {
  Halves halves;
  std::memcpy(&halves, source, sizeof halves);
  return bit_cast<Floats>(__builtin_convertvector(halves, Words) << 16);
}

inline void store(float* target, Floats value) { std::memcpy(target, &value, sizeof value); }

inline void store(bfloat16* target, Floats value) {
  const Words bits = bit_cast<Words>(value);
  const Words rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
  const Words is_nan = bit_cast<Words>(value != value);
  const Halves halves = __builtin_convertvector((rounded & ~is_nan) | (is_nan & 0x7fc0u), Halves);
  std::memcpy(target, &halves, sizeof halves);
}

inline float to_float(float value) { return value; }
inline float to_float(bfloat16 value) { return bit_cast<float>(static_cast<std::uint32_t>(value.bits) << 16); }

template <class T>
inline T from_float(float value);
template <>
inline float from_float<float>(float value) {
  return value;
}
template <>
inline bfloat16 from_float<bfloat16>(float value) {
  if (value != value) return {0x7fc0};
  const auto bits = bit_cast<std::uint32_t>(value);
  return {static_cast<std::uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16)};
}

// The first `count` elements; the other lanes are zero.
template <class T>
inline Floats load(const T* source, std::int64_t count) {
  if (count >= lanes) return load(source);
  T buffer[lanes] = {};
  std::memcpy(buffer, source, static_cast<std::size_t>(count) * sizeof(T));
  return load(buffer);
}

template <class T>
inline void store(T* target, Floats value, std::int64_t count) {
  if (count >= lanes) return store(target, value);
  T buffer[lanes];
  store(buffer, value);
  std::memcpy(target, buffer, static_cast<std::size_t>(count) * sizeof(T));
}

// The order of the operands makes NaN in the second one survive.
inline Floats maximum(Floats bound, Floats value) { return bound > value ? bound : value; }
inline Floats minimum(Floats bound, Floats value) { return bound < value ? bound : value; }

template <int count, class Combine>
inline float reduce(typename Pack<float, count>::type value, Combine combine) {
  if constexpr (count == 2) {
    return combine(value[0], value[1]);
  } else {
    using Half = typename Pack<float, count / 2>::type;
    Half halves[2];
    std::memcpy(halves, &value, sizeof value);
    return reduce<count / 2>(combine(halves[0], halves[1]), combine);
  }
}

inline float sum(Floats value) {
  return reduce<lanes>(value, [](auto a, auto b) { return a + b; });
}

inline float maximum(Floats value) {
  return reduce<lanes>(value, [](auto a, auto b) { return a > b ? a : b; });
}

#if defined(__has_builtin)
#if __has_builtin(__builtin_shufflevector)
#define QUAESTOR_SHUFFLES 1
#endif
#endif

#ifdef QUAESTOR_SHUFFLES
// Lane i of the result is the sum of the neighbours i and i^distance of `a` where i has no bit `distance`, else of `b`.
template <int distance, int... i>
inline Floats add_neighbours(Floats a, Floats b, std::integer_sequence<int, i...>) {
  return __builtin_shufflevector(a, b, ((i & distance) ? lanes + i : i)...) +
         __builtin_shufflevector(a, b, ((i & distance) ? lanes + (i ^ distance) : (i ^ distance))...);
}

template <int distance>
inline void add_rows(Floats* rows) {
  if constexpr (distance < lanes) {
    for (int i = 0; i < lanes; i += 2 * distance)
      rows[i] = add_neighbours<distance>(rows[i], rows[i + distance], std::make_integer_sequence<int, lanes>{});
    add_rows<2 * distance>(rows);
  }
}
#endif

// Lane i of the result is the sum of vector i. Overwrites its input.
inline Floats sums(Floats (&rows)[lanes]) {
#ifdef QUAESTOR_SHUFFLES
  add_rows<1>(rows);
  return rows[0];
#else
  float totals[lanes];
  for (int i = 0; i < lanes; ++i) totals[i] = sum(rows[i]);
  return load(totals);
#endif
}

// Asks for memory that a strided walk will reach soon; addresses beyond the end are harmless.
inline void prefetch(const void* address, std::size_t bytes) {
  for (std::size_t offset = 0; offset < bytes; offset += 64) __builtin_prefetch(static_cast<const char*>(address) + offset);
}

// 2^x: x = n + f with |f| <= 1/2, a polynomial of degree 6 for 2^f (relative error below 2e-7) and n added to the
// exponent. Below -126 the result is 0, from 128 on infinity.
inline Floats exp2(Floats x) {
  x = minimum(broadcast(128.0f), maximum(broadcast(-127.0f), x));
  const Floats magic = broadcast(12582912.0f);  // 1.5 * 2^23: its addition rounds to the nearest integer
  const Floats shifted = x + magic;
  const Floats f = x - (shifted - magic);
  Floats p = 1.535336188319500e-4f * f + 1.339887440266574e-3f;
  p = p * f + 9.618437357674640e-3f;
  p = p * f + 5.550332471162809e-2f;
  p = p * f + 2.402264791363012e-1f;
  p = p * f + 6.931472028550421e-1f;
  p = p * f + 1.0f;
  return p * bit_cast<Floats>((bit_cast<Words>(shifted) + 127u) << 23);
}

inline constexpr float log2_of_e = 1.44269504088896340736f;
inline constexpr float ln_of_2 = 0.69314718055994530942f;

inline Floats exp(Floats x) { return exp2(x * log2_of_e); }

// Two bfloat16 that stand next to each other along the summed dimension: what one lane of a product of bfloat16 takes.
struct Pair {
  bfloat16 elements[2];
};

// What a product takes of one element type: its unit, and how many elements along the summed dimension that holds.
template <class T>
struct UnitOf {
  using type = float;
  static constexpr std::int64_t depth = 1;
};
template <>
struct UnitOf<bfloat16> {
  using type = Pair;
  static constexpr std::int64_t depth = 2;
};
template <class T>
using Unit = typename UnitOf<T>::type;
template <class T>
inline constexpr std::int64_t depth = UnitOf<T>::depth;

template <class U>
struct Register {
  using type = Floats;
};
template <>
struct Register<Pair> {
  using type = Words;
};

inline Floats read(const float* source) { return load(source); }
inline Words read(const Pair* source) {
  Words pairs;
  std::memcpy(&pairs, source, sizeof pairs);
  return pairs;
}

// One unit a lane: its elements come from `depth` rows.
inline void write_units(const Floats (&rows)[1], float* target) { store(target, rows[0]); }
inline void write_units(const Floats (&rows)[2], Pair* target) {
  bfloat16 halves[2][lanes];
  for (int i = 0; i < 2; ++i) store(halves[i], rows[i]);
  for (int i = 0; i < lanes; ++i) target[i] = {{halves[0][i], halves[1][i]}};
}

inline Floats spread(const float* source) { return broadcast(*source); }
inline Words spread(const Pair* source) {
  std::uint32_t pair;
  std::memcpy(&pair, source, sizeof pair);
  return pair - Words{};
}

inline Floats add_product(Floats total, Floats left, Floats right) { return total + left * right; }
inline Floats add_product(Floats total, Words left, Words right) {
#ifdef __AVX512BF16__
  return _mm512_dpbf16_ps(total, (__m512bh)left, (__m512bh)right);
#else
  total += bit_cast<Floats>(left << 16) * bit_cast<Floats>(right << 16);
  return total + bit_cast<Floats>(left & 0xffff0000u) * bit_cast<Floats>(right & 0xffff0000u);
#endif
}

// A matrix read through two strides, so that a transpose is a change of strides.
template <class U>
struct Strided {
  const U* data;
  std::ptrdiff_t row;
  std::ptrdiff_t column;
};

// Keeps the compiler from loading a value again at each use, which would make loads the bottleneck.
template <class Vector>
inline void pin(Vector& value) {
#if defined(__AVX512F__)
  asm("" : "+v"(value));
#elif defined(__SSE__)
  asm("" : "+x"(value));
#elif defined(__aarch64__)
  asm("" : "+w"(value));
#else
  (void)value;
#endif
}

template <int rows, int vectors, bool accumulate, class U>
inline void multiply_tile(std::int64_t k, Strided<U> a, const U* b, std::ptrdiff_t b_row, float* c,
                          std::ptrdiff_t c_row) {
  Floats total[rows][vectors];
  for (int r = 0; r < rows; ++r)
    for (int v = 0; v < vectors; ++v) total[r][v] = accumulate ? load(c + r * c_row + v * lanes) : Floats{};
  for (std::int64_t i = 0; i < k; ++i) {
    typename Register<U>::type right[vectors];
    for (int v = 0; v < vectors; ++v) {
      right[v] = read(b + v * lanes);
      pin(right[v]);
    }
    for (int r = 0; r < rows; ++r) {
      const auto left = spread(a.data + r * a.row);
      for (int v = 0; v < vectors; ++v) total[r][v] = add_product(total[r][v], left, right[v]);
    }
    a.data += a.column;
    b += b_row;
  }
  for (int r = 0; r < rows; ++r)
    for (int v = 0; v < vectors; ++v) store(c + r * c_row + v * lanes, total[r][v]);
}

template <int vectors, bool accumulate, class U>
inline void multiply_columns(std::int64_t m, std::int64_t k, Strided<U> a, const U* b, std::ptrdiff_t b_row, float* c,
                             std::ptrdiff_t c_row) {
  for (; m >= tile_rows; m -= tile_rows, a.data += tile_rows * a.row, c += tile_rows * c_row)
    multiply_tile<tile_rows, vectors, accumulate>(k, a, b, b_row, c, c_row);
  for (; m > 0; --m, a.data += a.row, c += c_row) multiply_tile<1, vectors, accumulate>(k, a, b, b_row, c, c_row);
}

// C[m,n] = A[m,k]·B[k,n], or += with `accumulate`; k and all strides of A and B count units. Rows of B and C are
// contiguous, n is a multiple of `column_step`.
template <bool accumulate, class U>
inline void multiply(std::int64_t m, std::int64_t n, std::int64_t k, Strided<U> a, const U* b, std::ptrdiff_t b_row,
                     float* c, std::ptrdiff_t c_row) {
  constexpr std::int64_t width = tile_vectors * lanes;
  for (; n >= width; n -= width, b += width, c += width)
    multiply_columns<tile_vectors, accumulate>(m, k, a, b, b_row, c, c_row);
  if constexpr (tile_vectors == 4) {
    if (n == 3 * lanes) return multiply_columns<3, accumulate>(m, k, a, b, b_row, c, c_row);
    if (n == 2 * lanes) return multiply_columns<2, accumulate>(m, k, a, b, b_row, c, c_row);
  }
  if (n == lanes) multiply_columns<1, accumulate>(m, k, a, b, b_row, c, c_row);
}

}  // namespace quaestor
