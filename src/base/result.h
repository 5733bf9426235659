#pragma once

// The one way in which a function of Aracari fails: a value or an `Error`, never both, never
// neither. There is no default state, so `return {}` can not mean success by accident.

#include <type_traits>
#include <utility>
#include <variant>

#include "base/error.h"

namespace base {

/// Success without a value, for `Result<Done>`.
struct Done {};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result() = delete;
  // Implicit, so that `return value;` and `return Error{…};` read as what they are.
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  /// Requires ok().
  [[nodiscard]] T& value() & { return *std::get_if<0>(&state_); }
  [[nodiscard]] const T& value() const& { return *std::get_if<0>(&state_); }
  [[nodiscard]] T&& value() && { return std::move(*std::get_if<0>(&state_)); }
  [[nodiscard]] T& operator*() & { return value(); }
  [[nodiscard]] const T& operator*() const& { return value(); }
  [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
  [[nodiscard]] T* operator->() { return std::get_if<0>(&state_); }
  [[nodiscard]] const T* operator->() const { return std::get_if<0>(&state_); }

  /// Requires !ok().
  [[nodiscard]] Error& error() & { return *std::get_if<1>(&state_); }
  [[nodiscard]] const Error& error() const& { return *std::get_if<1>(&state_); }
  [[nodiscard]] Error&& error() && { return std::move(*std::get_if<1>(&state_)); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace base

#define ARACARI_CONCAT_(a, b) a##b
#define ARACARI_CONCAT(a, b) ARACARI_CONCAT_(a, b)

/// Leaves the function with the error of `expression` where it failed.
#define RETURN_IF_ERROR(expression) RETURN_IF_ERROR_(ARACARI_CONCAT(result_, __LINE__), expression)
#define RETURN_IF_ERROR_(result, expression)                                   \
  do {                                                                         \
    if (auto result = (expression); !result) return std::move(result).error(); \
  } while (false)

/// Declares `declaration` from the value of `expression`, or leaves the function with its error.
#define ASSIGN_OR_RETURN(declaration, expression) \
  ASSIGN_OR_RETURN_(ARACARI_CONCAT(result_, __LINE__), declaration, expression)
#define ASSIGN_OR_RETURN_(result, declaration, expression) \
  auto result = (expression);                              \
  if (!result) return std::move(result).error();           \
  declaration = std::move(result).value()
