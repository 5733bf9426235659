#pragma once

// A tree as a statement of DuckDB's dialect with numbered placeholders.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/value.h"
#include "sql/tree.h"

namespace sql {

/// Text and the values of $1, $2, … in order. A value that is equal to one of the
/// first 32, and of its type, shares its placeholder.
struct Statement {
  std::string text;
  std::vector<model::Value> arguments;
};

/// What is compared with a text is read as text, so that a UUID, a time or an interval compares as
/// it is shown, and no text is taken for one of them. kInternal for a tree that holds a
/// TableReference or a call with the wrong number of arguments. Pure; the same tree gives the same
/// text.
[[nodiscard]] base::Result<Statement> render(const Select& select);

/// `name` in quotes.
[[nodiscard]] std::string quote_identifier(std::string_view name);

}  // namespace sql
