#pragma once

// Bound values in PostgreSQL's binary form, so that no value is ever read as text: neither a NUL
// that would end it nor a setting that would change its meaning. For this room only. Pure.

#include <libpq-fe.h>
#include <string>
#include <vector>

#include "model/value.h"

namespace source {

/// What PQsendQueryParams takes, in the order of the values.
struct PostgresArguments {
  std::vector<Oid> types;
  std::vector<std::string> bytes;

  explicit PostgresArguments(const std::vector<model::Value>& values);
};

}  // namespace source
