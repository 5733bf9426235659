#pragma once

// What the oracle asks about: databases with awkward values, and questions by somebody under some
// access rules. Made from a seed alone.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "model/chart.h"
#include "model/principal.h"
#include "model/table.h"
#include "query/chart_query.h"
#include "random.h"

namespace oracle {

/// How a database keeps a column. An engine may lack some.
enum class Stored : std::uint8_t {
  kText,
  kTextWithNul,
  kFoldedText,  ///< With a collation to which upper and lower case are one.
  kPaddedText,  ///< Blanks at its end do not count.
  kEnum,
  kUuid,
  kTime,
  kInterval,
  kJson,
  kArray,
  kAddress,
  kSmall,
  kWhole,
  kHuge,
  kDouble,
  kFloat,
  kDecimal,
  kWholeDecimal,  ///< Without digits after the point; counts as Numeric.
  kFreeDecimal,   ///< Of any scale, with NaN and infinity.
  kFlag,
  kDay,
  kMoment,
  kMomentOfSeconds,
  kMomentOfNanoseconds,
  kMomentWithZone,
};
[[nodiscard]] model::ValueType type_of(Stored stored);

struct Day {
  std::int64_t days;  ///< Since 1970-01-01.
  bool operator==(const Day&) const = default;
};
struct Moment {
  std::int64_t microseconds;  ///< Since 1970-01-01T00:00:00Z.
  bool operator==(const Moment&) const = default;
};
/// A cell as it lies in the database; std::monostate is NULL.
using Datum = std::variant<std::monostate, std::string, std::int64_t, double, bool, Day, Moment>;

struct StoredColumn {
  std::string name;
  Stored stored;
  std::vector<Datum> cells;
};

/// Has a column `rid` besides, which numbers the rows from 0 and which nobody but the oracle knows.
/// Each table has a twin, which is equal but for the values of one column.
struct StoredTable {
  std::string name;
  std::vector<StoredColumn> columns;
  std::size_t rows;
  std::string twin;
  std::string differs;  ///< The column that differs.
};

/// What an engine can keep.
struct Abilities {
  std::vector<Stored> columns;
  bool sql_tables;  ///< Whether makers may define tables by a statement.
};

struct World {
  std::vector<StoredTable> tables;
  bool sql_tables;
};

enum class Asked : std::uint8_t { kChart, kPreview, kCount };

/// Keeps the rows whose column is one of the values: at least one, of the column's type.
struct FilterChoice {
  std::string column;
  std::vector<model::Value> values;
};

struct Question {
  std::size_t stored;  ///< Which table of the world.
  model::Table table;  ///< What its makers defined on it.
  model::Principal principal;
  Asked asked;
  model::ChartSpec spec;
  std::vector<FilterChoice> filters;
};

/// The organization of every world, and the day on which all of it takes place.
inline const base::OrgId kOrganization{"org_oracle"};
inline constexpr std::int64_t kTodayDays = 20'000;  // 2024-10-04

[[nodiscard]] World make_world(Random& random, const Abilities& abilities);
[[nodiscard]] Question make_question(Random& random, const World& world);
[[nodiscard]] model::AccessRule make_rule(Random& random, const model::Table& table);
/// A value as rules and tokens hold it, often one that lies in the worlds.
[[nodiscard]] model::Value make_value(Random& random, model::ValueType type);

/// The question as text by which a person can see what was asked.
[[nodiscard]] std::string describe(const World& world, const Question& question);

}  // namespace oracle
