#pragma once

// From what a filter keeps to the condition on its column. Pure and thread-safe.

#include "base/json.h"
#include "base/result.h"
#include "model/chart.h"
#include "model/filter_value.h"
#include "model/table.h"
#include "sql/tree.h"

namespace query {

/// Null where all rows are kept. Days are those of UTC; `today` is what presets go by.
/// kInvalidBody, without a field, where `value` does not fit the column's type.
[[nodiscard]] base::Result<sql::Expression> filter_condition(const model::FilterValue& value,
                                                             const model::Column& column,
                                                             model::Date today);

/// The condition that `column`, grouped as `asked` says, shows one of `values`: JSON scalars as
/// charts have them in their answers, null for no value. Grains become bounds, so that the engine
/// can skip rows. kInvalidBody, without a field, where there are none, or they do not fit.
[[nodiscard]] base::Result<sql::Expression> shown_condition(const model::ChartDimension& asked,
                                                            const model::Column& column,
                                                            const base::json::array& values);

}  // namespace query
