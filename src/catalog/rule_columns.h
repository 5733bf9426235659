#pragma once

// By which columns the rows of a table are best found, from the access rules on it. Pure.

#include <string>
#include <vector>

#include "model/table.h"

namespace catalog {

/// Columns that the rules of `table` test in a way by which rows can be skipped: those that are
/// compared with one or several values first, then those that are compared with bounds; of each
/// kind, those that more conditions test first. A column that the table no longer has is left out.
[[nodiscard]] std::vector<std::string> rule_columns(const model::Table& table);

/// The columns by which an imported table is stored in order: the first of its rule columns, then
/// its main date (the first dimension of a day or moment, else the first such column). Empty where
/// it has neither, and for a SQL table.
[[nodiscard]] std::vector<std::string> layout_columns(const model::Table& table);

/// The statements of a PostgreSQL database that would make the indexes which the rules of `table`
/// want; for its administrator, and run by nobody here. One for rules that apply together, one for
/// each side of an OR. Empty for a SQL table.
[[nodiscard]] std::vector<std::string> suggest_indexes(const model::Table& table);

}  // namespace catalog
