#pragma once

// Queries as trees. Nothing outside of this room turns a tree into text, and no node holds text
// that becomes SQL: names are quoted, values are bound, functions come from a closed set. Trees are
// immutable and shared, so rewriting one copies only what changes.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "model/value.h"

namespace sql {

enum class Function : std::uint8_t {
  kAnd,
  kOr,
  kEqual,
  kDifferent,
  kGreater,
  kGreaterOrEqual,
  kLess,
  kLessOrEqual,
  kIn,               ///< (needle, value…), at least one value
  kNotIn,            ///< (needle, value…), at least one value
  kContains,         ///< (x, text): byte for byte, no pattern
  kContainsAnyCase,  ///< (x, text): likewise, where both are in lower case
  kStartsWith,       ///< (x, text): byte for byte
  kIsSet,            ///< (x): not NULL
  kIsNotSet,         ///< (x): NULL
  kIsNumber,         ///< (x): a number and not NaN; NULL for NULL
  kIsNoNumber,       ///< (x): NULL or NaN; never NULL itself
  kCount,            ///< () counts rows
  kCountDistinct,    ///< (x)
  kSum,              ///< (x)
  kAverage,          ///< (x)
  kMin,              ///< (x)
  kMax,              ///< (x)
  kAllTrue,          ///< (x): the least truth, as PostgreSQL has no kMin of them
  kAnyTrue,          ///< (x): the greatest
  kWhen,             ///< (condition, x): x where it holds, else NULL
  kFilter,           ///< (aggregate, condition): the aggregate over the rows where it holds
  kRatio,            ///< (a, b): a / b as a floating-point number, NULL where b is 0
  kWhole,            ///< (x): a whole number, however large, as one
  kBinNumber,        ///< (x, width): which bin of that width x falls into, as a whole number
  kBinStart,         ///< (n, width): the lower bound of bin n
  kDay,              ///< (x): the day of a date or moment
  kMinuteNumber,     ///< (x): minutes since 1970
  kMinuteStart,      ///< (n): the moment at which minute n begins
  kHourNumber,       ///< (x): hours since 1970
  kHourStart,        ///< (n)
  kWeekNumber,       ///< (x): weeks since Monday 1969-12-29
  kWeekStart,        ///< (n): the Monday of week n
  kMonthNumber,      ///< (x): months since January of the year 0
  kMonthStart,       ///< (n): the first day of month n
  kQuarterNumber,    ///< (x): quarters since January of the year 0
  kQuarterStart,     ///< (n): the first day of quarter n
  kYearNumber,       ///< (x)
  kYearStart,        ///< (n): the first day of year n
  kDayOfWeek,        ///< (x): 1 for Monday to 7
  kMonthOfYear,      ///< (x): 1 to 12
  kHourOfDay,        ///< (x): 0 to 23
};

struct Node;
using Expression = std::shared_ptr<const Node>;

struct ColumnName {
  std::string name;
};
/// A column as its table holds it, whose cells are of `type`. Rendered so that it compares, groups
/// and sorts alike on every engine: text byte for byte, whatever collation the table has.
struct StoredColumn {
  std::string name;
  model::ValueType type;
};
struct Bound {
  model::Value value;
};
struct Call {
  Function function;
  std::vector<Expression> arguments;
};
struct Select;
/// Whether `needle` is among the first column's values of `values`; NULL is among none. `values` is
/// a query of its own that names no column of the one around it.
struct Among {
  Expression needle;
  std::shared_ptr<const Select> values;
};
/// NULL of a type.
struct Null {
  model::ValueType type;
};
struct Node {
  std::variant<ColumnName, StoredColumn, Bound, Call, Among, Null> node;
};

[[nodiscard]] Expression column(std::string name);
[[nodiscard]] Expression stored_column(std::string name, model::ValueType type);
[[nodiscard]] Expression null_of(model::ValueType type);
[[nodiscard]] Expression bound(model::Value value);
[[nodiscard]] Expression call(Function function, std::vector<Expression> arguments);
[[nodiscard]] Expression among(Expression needle, std::shared_ptr<const Select> values);

/// A table as a plan names it. It can not be rendered: only the guard resolves it.
struct TableReference {
  base::TableId id;
};
/// A table as the database names it. Of PostgreSQL "schema.table", where the schema has no dot;
/// without "public." unless the table's own name has one.
struct PhysicalTable {
  std::string name;
};
/// A table that a maker defined by a SELECT. The one text here that becomes SQL as it is: only the
/// guard puts it into a query, from the metadata, where it came after the engine had found it to be
/// one SELECT and nothing else.
struct SqlTable {
  std::string statement;
};
using From = std::variant<TableReference, PhysicalTable, SqlTable, std::shared_ptr<const Select>>;

struct Projection {
  Expression expression;
  std::string alias;
};

struct Order {
  std::size_t projection;  ///< Index into Select::projections.
  bool descending;
};

struct Select {
  std::vector<Projection> projections;
  From from;
  Expression where = nullptr;              ///< May be null: all rows of `from`.
  std::vector<std::size_t> group_by = {};  ///< Indexes into projections.
  std::vector<Order> order_by = {};
  std::optional<std::int64_t> limit_rows = {};
  Expression last = nullptr;  ///< Rows where it holds come after the others; may be null.
};

}  // namespace sql
