#pragma once

// A tree as a statement of an engine's dialect with numbered placeholders. One tree gives the same
// rows on every engine (docs/access-rules.md), as long as PostgreSQL runs it with its time zone in
// UTC and nothing but pg_catalog in its search path.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/value.h"
#include "sql/tree.h"

namespace sql {

enum class Dialect : std::uint8_t { kDuckDb, kPostgres };

/// Text and the values of $1, $2, … in order. A value that is equal to one of the
/// first 32, and of its type, shares its placeholder.
struct Statement {
  std::string text;
  std::vector<model::Value> arguments;
  Dialect dialect;
};

/// What PostgreSQL's protocol takes.
inline constexpr std::size_t kPostgresArgumentsMax = 65'535;

/// What is compared with a text is read as text, so that a UUID, a time or an interval compares as
/// it is shown, and no text is taken for one of them. kInternal for a tree that holds a
/// TableReference, a call with the wrong number of arguments, a name with NUL, for PostgreSQL a SQL
/// table or a name that it would cut; kQueryTooLarge for more than kPostgresArgumentsMax there.
/// Pure; the same tree gives the same text.
[[nodiscard]] base::Result<Statement> render(const Select& select, Dialect dialect);

/// `name` in quotes.
[[nodiscard]] std::string quote_identifier(std::string_view name);

}  // namespace sql
