#pragma once

// Tables of a database, and what makers defined on them: access rules, metrics and dimensions.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/json.h"
#include "base/result.h"
#include "model/access_rule.h"
#include "model/user_condition.h"
#include "model/value.h"

namespace model {

/// What a column is to those who are subject to rules. A hidden column does not exist for them; of
/// a masked one they see a mask in place of every value.
enum class ColumnAccess : std::uint8_t { kHidden, kMasked, kVisible };

/// For whom a column is something else than for the others.
struct ColumnException {
  UserNode applies_if;
  ColumnAccess access;
};

struct Column {
  std::string name;
  ValueType type;
  ColumnAccess access;
  /// In order: the first that applies decides. One that asks for an attribute which the token lacks
  /// hides the column.
  std::vector<ColumnException> exceptions = {};
  std::string label = {};  ///< Display name; empty: the name.
  std::string description = {};
};

enum class Aggregate : std::uint8_t { kCount, kCountDistinct, kSum, kAverage, kMin, kMax };
enum class Comparison : std::uint8_t { kEqual, kGreater, kGreaterOrEqual, kLess, kLessOrEqual };

/// Keeps the rows of a measure whose column compares so with a constant.
struct MeasureFilter {
  std::string column;
  Comparison comparison;
  Value value;
};

struct Measure {
  Aggregate aggregate;
  std::string column;  ///< Empty for kCount, which counts rows.
  std::optional<MeasureFilter> filter;
};

struct NumberFormat {
  bool percent = false;  ///< The value is a fraction from 0 to 1.
  int decimals = 0;
  std::string unit = {};
};

/// A measure, or the ratio of two.
struct Metric {
  std::string name;
  std::string label;
  Measure measure;
  std::optional<Measure> denominator;
  NumberFormat format;
};

struct Dimension {
  std::string name;
  std::string label;
  std::string column;
};

struct Table {
  base::TableId id;
  base::DatabaseId database;
  std::string name;  ///< In the database.
  std::string label;
  TableAccess access = TableAccess::kHidden;
  std::vector<Column> columns;
  std::vector<Metric> metrics;
  std::vector<Dimension> dimensions;
  std::vector<AccessRule> rules;
  std::string description = {};
  /// The SELECT of a table that a maker defined; nothing for a table of the database.
  std::optional<std::string> statement = {};
  std::int64_t version = 1;  ///< Grows with each change.

  [[nodiscard]] const Column* find_column(std::string_view column) const;
  [[nodiscard]] const Metric* find_metric(std::string_view metric) const;
  [[nodiscard]] const Dimension* find_dimension(std::string_view dimension) const;
};

[[nodiscard]] std::string_view column_access_name(ColumnAccess access);

[[nodiscard]] base::json::value render_columns(const std::vector<Column>& columns);
[[nodiscard]] base::Result<std::vector<Column>> parse_columns(const base::json::value& json);
[[nodiscard]] base::json::value render_metrics(const std::vector<Metric>& metrics);
[[nodiscard]] base::Result<std::vector<Metric>> parse_metrics(const base::json::value& json);
[[nodiscard]] base::json::value render_dimensions(const std::vector<Dimension>& dimensions);
[[nodiscard]] base::Result<std::vector<Dimension>> parse_dimensions(const base::json::value& json);
[[nodiscard]] base::json::value render_format(const NumberFormat& format);

}  // namespace model
