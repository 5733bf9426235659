#pragma once

// A store in a folder of its own, with what the tests of several rooms put into it.

#include <memory>
#include <string>
#include <utility>

#include "base/folder_test_support.h"
#include "model/account.h"
#include "model/chart.h"
#include "model/table.h"
#include "store/accounts.h"
#include "store/content.h"
#include "store/databases.h"
#include "store/keys.h"
#include "store/sessions.h"
#include "store/settings.h"
#include "store/signing_keys.h"
#include "store/store.h"
#include "store/tables.h"

namespace store {

/// Ends the test program when `result` is an error: what a test stands on has to be there.
template <typename T>
T expect_value(base::Result<T> result) {
  if (!result) {
    std::fputs((result.error().what + " " + result.error().detail + "\n").c_str(), stderr);
    std::abort();
  }
  return std::move(result).value();
}

/// Live or not.
inline constexpr LiveTimes kAnyTimes{base::Seconds::max(), base::Seconds::min(),
                                     base::Seconds::min()};

class TestStore {
 public:
  TestStore() : store_(expect_value(Store::open(folder_.path()))) {}

  [[nodiscard]] Store& get() const { return *store_; }
  [[nodiscard]] const base::TestFolder& folder() const { return folder_; }

  /// Runs `body` as Store::write does and expects it to succeed.
  template <typename Body>
  auto write(Body body) const {
    return expect_value(store_->write(std::move(body)));
  }
  template <typename Body>
  auto read(Body body) const {
    return expect_value(store_->read(std::move(body)));
  }

 private:
  base::TestFolder folder_;
  std::unique_ptr<Store> store_;
};

/// An active organization that is named like its id.
inline base::OrgId add_organization(const TestStore& store, const std::string& id) {
  const base::OrgId organization(id);
  store.write([&](Connection& connection) {
    return insert_organization(connection, {organization, id, true});
  });
  return organization;
}

/// Of a key that may give anything.
[[nodiscard]] inline model::KeyLimits all_key_limits() {
  using model::Access;
  return {{Access::kEdit, Access::kEdit, Access::kEdit, true}, {},           {},
          {model::Role::kExplorer, model::Role::kMaker},       std::nullopt, {}};
}

/// To mint and introspect, without limits or expiry.
[[nodiscard]] inline model::ApiKey make_api_key(const std::string& id,
                                                const base::OrgId& organization,
                                                model::Environment environment) {
  return {base::ApiKeyId(id),
          organization,
          "Backend " + id,
          environment,
          {model::Scope::kMint, model::Scope::kIntrospect},
          "wxyz",
          all_key_limits(),
          model::TokenForm::kSigned,
          1'000'000'000,
          base::Seconds(std::chrono::seconds(1'700'000'000))};
}

[[nodiscard]] inline model::Chart make_chart(const std::string& id) {
  return {base::ChartId(id),
          "Chart " + id,
          {base::TableId("tbl_orders"), model::ChartType::kValue, {"rows"}}};
}

/// The chart cht_<name> on a table of its own in a database of its own, shared with everybody.
[[nodiscard]] inline base::Result<base::Done> insert_shared_chart(Connection& connection,
                                                                  const base::OrgId& organization,
                                                                  const std::string& name) {
  const base::DatabaseId database("dbs_" + name);
  RETURN_IF_ERROR(insert_database(
      connection, organization, {database, name, model::DatabaseKind::kDuckDb, name + ".duckdb"}));
  const model::Table table{base::TableId("tbl_" + name),
                           database,
                           name,
                           name,
                           model::TableAccess::kShared,
                           {},
                           {},
                           {},
                           {}};
  RETURN_IF_ERROR(insert_table(connection, organization, table));
  model::Chart chart = make_chart("cht_" + name);
  chart.spec.table = table.id;
  return insert_chart(connection, organization, chart);
}

[[nodiscard]] inline model::Dashboard make_dashboard(const std::string& id) {
  return {base::DashboardId(id), "Dashboard " + id, "", {}, {}, true};
}

}  // namespace store
