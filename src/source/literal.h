#pragma once

// Statements of our own. For this room only.

#include <cstddef>

namespace source {

/// A statement that was written in our code: text that came from elsewhere does not convert.
class Literal {
 public:
  template <std::size_t size>
  // NOLINTNEXTLINE(google-explicit-constructor)
  consteval Literal(const char (&text)[size]) : text_(text) {}
  [[nodiscard]] const char* text() const { return text_; }

 private:
  const char* text_;
};

}  // namespace source
