// Linear layers in whole numbers of one byte, where the processor multiplies those: y[M,N] = x[M,K] · w[N,K]ᵀ.
//
// QuaestorByteLinear: x float, w T -> y float; both are rounded as the call comes
// QuaestorPackBytes: w T -> packed[N, K/4 + K/32] int32, for N and K that 32 divides
// QuaestorPackedLinear: x float, packed int32 -> y float, to the same bits
#include "byte_product.h"
#include "linear_kernel.h"
#include "operations.h"

namespace quaestor {

#ifdef QUAESTOR_BYTES

namespace {

template <class W>
using ByteLinear = LinearKernel<float, W, float, multiply_in_bytes<W>>;

template <class W>
class PackBytes {
 public:
  explicit PackBytes(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor w = context.input<W>(0, "w");
    const Index n = w.expect_rank(2).size(0);
    const Index k = w.size(1);
    require(n % bytes::rows_of_panel == 0 && k % bytes::block == 0, "w must have sizes that 32 divides, got ",
            describe(w.shape()));
    pack_bytes(k, n, w.data<W>(), context.output<bytes::PackedWord>(0, {n, bytes::words_of_row(k)}));
  }
};

class PackedLinear {
 public:
  explicit PackedLinear(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor x = context.input<float>(0, "x");
    const Tensor packed = context.input<bytes::PackedWord>(1, "packed");
    const Index m = x.expect_rank(2).size(0);
    const Index k = x.size(1);
    const Index n = packed.expect_rank(2).size(0);
    packed.expect({n, bytes::words_of_row(k)});
    require(n % bytes::rows_of_panel == 0, "packed must have a number of rows that 32 divides, got ", n);
    multiply_packed(m, k, n, x.data<float>(), packed.data<bytes::PackedWord>(), context.output<float>(0, {m, n}));
  }
};

}  // namespace

void register_byte_linear() {
  register_operation("QuaestorByteLinear", {}, {"x: float", "w: T"}, {"y: float"});
  register_kernels<ByteLinear>("QuaestorByteLinear");
  register_operation("QuaestorPackBytes", {}, {"w: T"}, {"packed: int32"});
  register_kernels<PackBytes>("QuaestorPackBytes");
  register_operation("QuaestorPackedLinear", {}, {"x: T", "packed: int32"}, {"y: float"});
  register_kernel<PackedLinear>("QuaestorPackedLinear", TF_FLOAT);
}

#else

void register_byte_linear() {}

#endif

}  // namespace quaestor
