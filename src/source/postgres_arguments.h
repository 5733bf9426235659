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
  std::vector<const char*> pointers;  ///< To `bytes`.
  std::vector<int> lengths;
  std::vector<int> formats;  ///< Binary, all of them.

  explicit PostgresArguments(const std::vector<model::Value>& values);
  PostgresArguments(const PostgresArguments&) = delete;
  PostgresArguments& operator=(const PostgresArguments&) = delete;
  ~PostgresArguments() = default;

  [[nodiscard]] int count() const { return static_cast<int>(bytes.size()); }
};

}  // namespace source
