#pragma once

// The database that the product's answers are compared on. One for each engine that we support.

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/database.h"
#include "query/sources.h"
#include "source/source.h"
#include "world.h"

namespace oracle {

class Engine {
 public:
  virtual ~Engine() = default;
  [[nodiscard]] virtual std::vector<Stored> columns() const = 0;
  /// Makes the tables of `world`, twice: as the customer's database and for plain queries. Those of
  /// an earlier world are gone.
  virtual void load(const World& world) = 0;
  /// How the product finds the customer's database.
  [[nodiscard]] virtual model::Database database() const = 0;
  [[nodiscard]] virtual query::Sources& sources() = 0;
  /// Runs `statement` by itself, as the owner of the data.
  [[nodiscard]] virtual base::Result<source::ResultSet> run_plain(const std::string& statement) = 0;
};

[[nodiscard]] std::unique_ptr<Engine> make_duckdb_engine();

/// A datum as SQL of `stored`'s type, of which both engines understand the spelling.
[[nodiscard]] std::string literal_of(const Datum& datum, const std::string& type);

}  // namespace oracle
