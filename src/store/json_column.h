#pragma once

// Columns that hold JSON. For this room only.

#include <utility>

#include "base/json.h"
#include "store/connection.h"

namespace store {

/// A JSON column of the present row through one of model's codecs, whose errors it also has.
/// kInvalidJson.
template <typename Parse>
[[nodiscard]] auto read_json(const Query& query, int column, Parse parse)
    -> decltype(parse(std::declval<const base::json::value&>())) {
  ASSIGN_OR_RETURN(const base::json::value json, base::parse_json(query.text(column)));
  return parse(json);
}

}  // namespace store
