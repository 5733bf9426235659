#pragma once

// Statements of our own that name what people named: columns of a file, tables. For this room only.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/duckdb_handles.h"
#include "source/duckdb_instance.h"
#include "source/source.h"

namespace source {

/// A statement put together from literals of our code, quoted names, numbers and other statements
/// of this kind, and the texts that it binds. Nothing else fits in.
class StatementText {
 public:
  StatementText() = default;
  // NOLINTNEXTLINE(google-explicit-constructor)
  StatementText(Literal literal) : text_(literal.text()) {}

  StatementText& add(Literal literal);
  StatementText& add_name(std::string_view name);
  StatementText& add_number(std::size_t number);
  /// The next placeholder, with its value.
  StatementText& add_argument(std::string value);
  /// `inner` as it is, its placeholders numbered on.
  StatementText& add(const StatementText& inner);

  [[nodiscard]] std::string text() const;
  [[nodiscard]] const std::vector<std::string>& arguments() const { return arguments_; }

 private:
  static constexpr char kPlaceholder = '\0';  ///< In no literal, and taken out of names.
  std::string text_;
  std::vector<std::string> arguments_;
};

/// The result. kSourceUnavailable with the driver's text in `detail`.
[[nodiscard]] base::Result<ResultHandle> execute(const ConnectionHandle& connection,
                                                 const StatementText& statement);
/// The same, with its rows: kQueryTooLarge for more than `rows_max`.
[[nodiscard]] base::Result<ResultSet> fetch_rows(const ConnectionHandle& connection,
                                                 const StatementText& statement,
                                                 std::int64_t rows_max);

}  // namespace source
