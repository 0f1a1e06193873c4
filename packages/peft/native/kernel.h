// A thin C++ layer over TensorFlow's C interface for custom operations: owned tensors, checked shapes, registration.
//
// A kernel is a class with a constructor from `Attributes` and `void compute(Context&) const`. Failures are thrown as
// `Failure` and reach the caller as the status INVALID_ARGUMENT.
#pragma once

#define IS_SLIM_BUILD  // leaves out headers of the engine's C++ runtime
#include <tensorflow/c/kernels.h>
#include <tensorflow/c/ops.h>
#include <tensorflow/c/tf_tensor.h>

#include <cstdint>
#include <exception>
#include <initializer_list>
#include <memory>
#include <new>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "simd.h"

namespace quaestor {

using Index = std::int64_t;

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class... Parts>
void require(bool condition, const Parts&... parts) {
  if (condition) return;
  std::ostringstream message;
  (message << ... << parts);
  throw Failure(message.str());
}

inline std::string describe(const std::vector<Index>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? "," : "") + std::to_string(shape[i]);
  return text + "]";
}

class Status {
 public:
  Status() : handle_(TF_NewStatus()) {}
  ~Status() { TF_DeleteStatus(handle_); }
  Status(const Status&) = delete;
  Status& operator=(const Status&) = delete;

  operator TF_Status*() const { return handle_; }
  void check() const {
    if (TF_GetCode(handle_) != TF_OK) throw Failure(TF_Message(handle_));
  }

 private:
  TF_Status* handle_;
};

template <class T>
inline constexpr TF_DataType type_of = TF_FLOAT;
template <>
inline constexpr TF_DataType type_of<bfloat16> = TF_BFLOAT16;
template <>
inline constexpr TF_DataType type_of<std::int32_t> = TF_INT32;

// One input or output; the memory stays TensorFlow's.
class Tensor {
 public:
  Tensor(TF_Tensor* handle, const char* name) : handle_(handle), name_(name) {}

  int rank() const { return TF_NumDims(handle_.get()); }
  Index size(int dimension) const { return TF_Dim(handle_.get(), dimension); }
  Index elements() const { return TF_TensorElementCount(handle_.get()); }
  const char* name() const { return name_; }

  template <class T>
  T* data() const {
    return static_cast<T*>(TF_TensorData(handle_.get()));
  }

  std::vector<Index> shape() const {
    std::vector<Index> sizes;
    for (int i = 0; i < rank(); ++i) sizes.push_back(size(i));
    return sizes;
  }

  const Tensor& expect_rank(int expected) const {
    require(rank() == expected, name_, " must have rank ", expected, ", got shape ", describe(shape()));
    return *this;
  }

  const Tensor& expect(const std::vector<Index>& expected) const {
    bool same = rank() == static_cast<int>(expected.size());
    int i = 0;
    for (const Index size_expected : expected) same = same && size(i++) == size_expected;
    require(same, name_, " must have shape ", describe(expected), ", got ", describe(shape()));
    return *this;
  }

 private:
  struct Delete {
    void operator()(TF_Tensor* tensor) const { TF_DeleteTensor(tensor); }
  };
  std::unique_ptr<TF_Tensor, Delete> handle_;
  const char* name_;
};

class Context {
 public:
  explicit Context(TF_OpKernelContext* handle) : handle_(handle) {}

  template <class T>
  Tensor input(int index, const char* name) const {
    const Status status;
    TF_Tensor* tensor = nullptr;
    TF_GetInput(handle_, index, &tensor, status);
    status.check();
    Tensor owned(tensor, name);
    // Eager execution does not compare the attribute T with the inputs.
    require(TF_TensorType(tensor) == type_of<T>, name, " must have the element type ", type_of<T>, ", got ",
            TF_TensorType(tensor), " (TensorFlow's numbers: 1 float, 3 int32, 14 bfloat16)");
    return owned;
  }

  TF_DataType type(int index) const {
    const Status status;
    TF_Tensor* tensor = nullptr;
    TF_GetInput(handle_, index, &tensor, status);
    status.check();
    const Tensor owned(tensor, "input");
    return TF_TensorType(tensor);
  }

  // The inputs of a list of `count` tensors stand one after the other from `first` on.
  template <class T>
  std::vector<Tensor> inputs(int first, Index count, const char* name) const {
    std::vector<Tensor> list;
    for (int i = 0; i < count; ++i) list.push_back(input<T>(first + i, name));
    return list;
  }

  template <class T>
  T* output(int index, const std::vector<Index>& shape) const {
    const Status status;
    Index elements = 1;
    for (const Index size : shape) elements *= size;
    TF_Tensor* tensor = TF_AllocateOutput(handle_, index, type_of<T>, shape.data(), static_cast<int>(shape.size()),
                                          static_cast<std::size_t>(elements) * sizeof(T), status);
    const Tensor owned(tensor, "output");
    status.check();
    return owned.data<T>();  // the context holds the buffer until the operation ends
  }

 private:
  TF_OpKernelContext* handle_;
};

class Attributes {
 public:
  explicit Attributes(TF_OpKernelConstruction* handle) : handle_(handle) {}

  float real(const char* name) const {
    const Status status;
    float value = 0;
    TF_OpKernelConstruction_GetAttrFloat(handle_, name, &value, status);
    status.check();
    return value;
  }

  std::int32_t integer(const char* name) const {
    const Status status;
    std::int32_t value = 0;
    TF_OpKernelConstruction_GetAttrInt32(handle_, name, &value, status);
    status.check();
    return value;
  }

 private:
  TF_OpKernelConstruction* handle_;
};

using Specifications = std::initializer_list<const char*>;

// Adds an operation to TensorFlow's registry; every operation here has the attribute T.
inline void register_operation(const char* name, Specifications attributes, Specifications inputs,
                               Specifications outputs, bool writes_inputs = false) {
  TF_OpDefinitionBuilder* builder = TF_NewOpDefinitionBuilder(name);
  TF_OpDefinitionBuilderAddAttr(builder, "T: {float, bfloat16}");
  for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(builder, attribute);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(builder, input);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(builder, output);
  TF_OpDefinitionBuilderSetIsStateful(builder, writes_inputs);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(builder, &TF_ShapeInferenceContextSetUnknownShape);
  const Status status;
  TF_RegisterOpDefinition(builder, status);
  status.check();
}

template <class Kernel>
void* create_kernel(TF_OpKernelConstruction* construction) {
  try {
    return new Kernel(Attributes(construction));
  } catch (const std::exception& error) {
    const Status status;
    TF_SetStatus(status, TF_INVALID_ARGUMENT, error.what());
    TF_OpKernelConstruction_Failure(construction, status);
    return nullptr;
  }
}

template <class Kernel>
void compute_kernel(void* kernel, TF_OpKernelContext* handle) {
  try {
    Context context(handle);
    static_cast<const Kernel*>(kernel)->compute(context);
  } catch (const std::exception& error) {
    const Status status;
    TF_SetStatus(status, TF_INVALID_ARGUMENT, error.what());
    TF_OpKernelContext_Failure(handle, status);
  }
}

template <class Kernel>
void delete_kernel(void* kernel) {
  delete static_cast<Kernel*>(kernel);
}

template <class Kernel>
void register_kernel(const char* operation, TF_DataType type) {
  TF_KernelBuilder* builder =
      TF_NewKernelBuilder(operation, "CPU", &create_kernel<Kernel>, &compute_kernel<Kernel>, &delete_kernel<Kernel>);
  const Status status;
  TF_KernelBuilder_TypeConstraint(builder, "T", type, status);
  status.check();
  TF_RegisterKernelBuilder(operation, builder, status);
  status.check();
}

// Registers Kernel<float> and Kernel<bfloat16>.
template <template <class> class Kernel>
void register_kernels(const char* operation) {
  register_kernel<Kernel<float>>(operation, TF_FLOAT);
  register_kernel<Kernel<bfloat16>>(operation, TF_BFLOAT16);
}

inline int thread_limit() {
#ifdef _OPENMP
  return omp_get_max_threads();
#else
  return 1;
#endif
}

inline int thread_index() {
#ifdef _OPENMP
  return omp_get_thread_num();
#else
  return 0;
#endif
}

// Memory that grows and is kept between calls; the contents are undefined after `reserve`.
class Scratch {
 public:
  float* reserve(Index floats) {
    if (floats > capacity_) {
      memory_.reset();
      capacity_ = 0;
      memory_.reset(static_cast<float*>(::operator new(static_cast<std::size_t>(floats) * sizeof(float), alignment)));
      capacity_ = floats;
    }
    return memory_.get();
  }

 private:
  static constexpr std::align_val_t alignment{64};
  struct Delete {
    void operator()(float* memory) const { ::operator delete(memory, alignment); }
  };
  std::unique_ptr<float, Delete> memory_;
  Index capacity_ = 0;
};

inline Index round_up(Index value, Index step) { return (value + step - 1) / step * step; }

// Below this many element operations, waking other threads costs more than it saves.
inline constexpr Index parallel_threshold = 1 << 16;

}  // namespace quaestor
