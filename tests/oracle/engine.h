#pragma once

// The database that the product's answers are compared on. One for each engine that we support.

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/database.h"
#include "native_policy.h"
#include "query/sources.h"
#include "source/source.h"
#include "world.h"

namespace oracle {

class Engine {
 public:
  virtual ~Engine() = default;
  [[nodiscard]] virtual Abilities abilities() const = 0;
  /// Makes the tables of `world` in the customer's database and where plain queries and policies
  /// find them. Those of an earlier world are gone.
  virtual void load(const World& world) = 0;
  /// How the product finds the customer's database.
  [[nodiscard]] virtual model::Database database() const = 0;
  [[nodiscard]] virtual query::Sources& sources() = 0;
  /// Runs `statement` by itself, as the owner of the data.
  [[nodiscard]] virtual base::Result<source::ResultSet> run_plain(const std::string& statement) = 0;
  /// Whether the engine can keep access rules of its own.
  [[nodiscard]] virtual bool has_policies() const = 0;
  /// The row numbers of `table` that a role sees which owns nothing, under `policies`.
  [[nodiscard]] virtual base::Result<source::ResultSet> run_policed(const std::string& table,
                                                                    const Policies& policies) = 0;
};

[[nodiscard]] std::unique_ptr<Engine> make_duckdb_engine();
/// On a server of its own, which ends with the thread that calls this. Nothing where PostgreSQL is
/// not installed.
[[nodiscard]] std::unique_ptr<Engine> make_postgres_engine();

}  // namespace oracle
