#pragma once

// PostgreSQL servers as people write and read them: a password goes in and never comes out. Pure.

#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "catalog/postgres_check.h"
#include "model/database.h"

namespace http {

/// kInvalidBody with the field below `field`.
[[nodiscard]] base::Result<catalog::WantedPostgres> parse_wanted_postgres(
    const base::json::value& json, std::string_view field);

/// Without any password, sealed or not.
[[nodiscard]] base::json::object render_postgres(const model::PostgresSettings& settings);

}  // namespace http
