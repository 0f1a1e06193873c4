// The factors of low-rank corrections (Hu et al. 2021), packed for one product and their gradients unpacked again.
// Correction i belongs to output rows [start, start + size) and has rank r; `layout`[N,4] float holds
// (start, size, r, scale) of each, in the order of their rank columns.
//
// QuaestorLowRankPack: weight[out,in] T, N factors a[r,in] and N factors b[size,r] float, layout
//   -> stacked[R,in] T = the a one below the other, augmented[out,in+R] T = [weight | scale·b on the diagonal]
// QuaestorLowRankUnpack: matrix[out,R] T, layout -> N blocks[size,r] float = scale · the diagonal blocks of the matrix
// QuaestorLowRankCut: matrix[R,≥in] T, layout, width[] int32 -> N rows[r,in] float, the first `width` columns
#include "kernel.h"
#include "operations.h"

namespace quaestor {
namespace {

struct Part {
  Index start;
  Index size;
  Index rank;
  float scale;
  Index column;  // its first rank column
};

struct Layout {
  std::vector<Part> parts;
  Index rank = 0;

  Layout(const Tensor& layout, int count) {
    const float* values = layout.expect({count, 4}).template data<float>();
    for (int i = 0; i < count; ++i, values += 4) {
      const Part part = {static_cast<Index>(values[0]), static_cast<Index>(values[1]), static_cast<Index>(values[2]),
                         values[3], rank};
      require(part.start >= 0 && part.size > 0 && part.rank > 0, "layout[", i, "] must hold start >= 0, size > 0, r > 0");
      parts.push_back(part);
      rank += part.rank;
    }
  }
};

template <class From, class To>
inline void copy_scaled(const From* source, Index count, float scale, To* target) {
  for (Index j = 0; j < count; j += lanes) store(target + j, load(source + j, count - j) * scale, count - j);
}

template <class T>
class LowRankPack {
 public:
  explicit LowRankPack(const Attributes& attributes) : count_(attributes.integer("N")) {}

  void compute(Context& context) const {
    const Tensor weight_in = context.input<T>(0, "weight");
    const std::vector<Tensor> a = context.inputs<float>(1, count_, "a");
    const std::vector<Tensor> b = context.inputs<float>(1 + count_, count_, "b");
    const Tensor layout_in = context.input<float>(1 + 2 * count_, "layout");
    const Layout layout(layout_in, count_);
    const Index outputs = weight_in.expect_rank(2).size(0);
    const Index width = weight_in.size(1);
    const Index row_width = width + layout.rank;
    T* stacked = context.output<T>(0, {layout.rank, width});
    T* augmented = context.output<T>(1, {outputs, row_width});
    const T* weight = weight_in.data<T>();
    for (int i = 0; i < count_; ++i) {
      const Part& part = layout.parts[i];
      a[i].expect({part.rank, width});
      b[i].expect({part.size, part.rank});
      require(part.start + part.size <= outputs, "layout[", i, "] ends beyond the ", outputs, " rows of the weight");
      copy_scaled(a[i].template data<float>(), part.rank * width, 1.0f, stacked + part.column * width);
    }

#pragma omp parallel for schedule(static) if (outputs * row_width >= parallel_threshold)
    for (Index row = 0; row < outputs; ++row) {
      T* target = augmented + row * row_width;
      std::copy_n(weight + row * width, width, target);
      std::fill_n(target + width, layout.rank, T{});
      for (int i = 0; i < count_; ++i) {
        const Part& part = layout.parts[i];
        const Index own = row - part.start;
        if (own < 0 || own >= part.size) continue;
        copy_scaled(b[i].template data<float>() + own * part.rank, part.rank, part.scale, target + width + part.column);
      }
    }
  }

 private:
  int count_;
};

template <class T>
class LowRankUnpack {
 public:
  explicit LowRankUnpack(const Attributes& attributes) : count_(attributes.integer("N")) {}

  void compute(Context& context) const {
    const Tensor matrix = context.input<T>(0, "matrix");
    const Tensor layout_in = context.input<float>(1, "layout");
    const Layout layout(layout_in, count_);
    const Index rows = matrix.expect_rank(2).size(0);
    matrix.expect({rows, layout.rank});
    for (int i = 0; i < count_; ++i) {
      const Part& part = layout.parts[i];
      require(part.start + part.size <= rows, "layout[", i, "] ends beyond the ", rows, " rows of the matrix");
      float* block = context.output<float>(i, {part.size, part.rank});
      const T* source = matrix.data<T>() + part.start * layout.rank + part.column;
      for (Index row = 0; row < part.size; ++row)
        copy_scaled(source + row * layout.rank, part.rank, part.scale, block + row * part.rank);
    }
  }

 private:
  int count_;
};

template <class T>
class LowRankCut {
 public:
  explicit LowRankCut(const Attributes& attributes) : count_(attributes.integer("N")) {}

  void compute(Context& context) const {
    const Tensor matrix = context.input<T>(0, "matrix");
    const Tensor layout_in = context.input<float>(1, "layout");
    const Tensor width_in = context.input<std::int32_t>(2, "width");
    const Layout layout(layout_in, count_);
    const Index width = *width_in.expect({}).template data<std::int32_t>();
    const Index row_width = matrix.expect_rank(2).size(1);
    matrix.expect({layout.rank, row_width});
    require(width > 0 && width <= row_width, "width must be within the ", row_width, " columns, got ", width);
    for (int i = 0; i < count_; ++i) {
      const Part& part = layout.parts[i];
      float* rows = context.output<float>(i, {part.rank, width});
      const T* source = matrix.data<T>() + part.column * row_width;
      for (Index row = 0; row < part.rank; ++row)
        copy_scaled(source + row * row_width, width, 1.0f, rows + row * width);
    }
  }

 private:
  int count_;
};

}  // namespace

void register_low_rank_factors() {
  register_operation("QuaestorLowRankPack", {"N: int"},
                     {"weight: T", "a: N * float", "b: N * float", "layout: float"}, {"stacked: T", "augmented: T"});
  register_kernels<LowRankPack>("QuaestorLowRankPack");
  register_operation("QuaestorLowRankUnpack", {"N: int"}, {"matrix: T", "layout: float"}, {"blocks: N * float"});
  register_kernels<LowRankUnpack>("QuaestorLowRankUnpack");
  register_operation("QuaestorLowRankCut", {"N: int"}, {"matrix: T", "layout: float", "width: int32"},
                     {"rows: N * float"});
  register_kernels<LowRankCut>("QuaestorLowRankCut");
}

}  // namespace quaestor
