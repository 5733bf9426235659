#include "catalog/file_layouts.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "crypto/init.h"
#include "query/table_query.h"
#include "source/duckdb_test_support.h"
#include "store/databases.h"
#include "store/store_test_support.h"
#include "store/tables.h"

namespace catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const base::DatabaseId kShop("dbs_shop");
const std::string kFile = "databases/shop.duckdb";

class FileLayoutsTest : public ::testing::Test {
 protected:
  FileLayoutsTest() {
    crypto::init();
    std::filesystem::create_directories(folder_.path("databases"));
    source::make_database(
        folder_.path(kFile),
        {"CREATE TABLE orders AS SELECT 'c' || range % 3 AS city, range AS id FROM range(9)"});
  }
  void add(bool imported, const std::string& rule_column) {
    model::Database shop{kShop, "Shop", model::DatabaseKind::kDuckDb, "shop.duckdb"};
    shop.imported = imported;
    store_.write([&](store::Connection& c) { return insert_database(c, mine_, shop); });
    store_.write([&](store::Connection& c) { return insert_table(c, mine_, orders(rule_column)); });
  }
  void change_rule(const std::string& column) {
    model::Table changed = orders(column);
    changed.version = ++version_;
    store_.write([&](store::Connection& c) { return update_table(c, mine_, changed); });
  }
  [[nodiscard]] static model::Table orders(const std::string& rule_column) {
    model::Table table{base::TableId("tbl_orders"),
                       kShop,
                       "orders",
                       "Orders",
                       model::TableAccess::kRestricted,
                       {},
                       {},
                       {},
                       {}};
    table.columns = {{"city", model::ValueType::kString, model::ColumnAccess::kVisible},
                     {"id", model::ValueType::kInteger, model::ColumnAccess::kVisible}};
    table.rules = {
        {base::RuleId("rul_a"),
         "Own",
         {model::Condition{
             rule_column, model::RuleOperator::kEqual, {model::AttributeOperand{"own"}}}}}};
    return table;
  }
  [[nodiscard]] std::string settle() {
    const auto settled = layouts_.settle(source::Cancellation());
    return settled ? "settled" : std::string(base::code_name(settled.error().code));
  }
  [[nodiscard]] std::string order() {
    source::PlainConnection file(folder_.path(kFile).c_str());
    return file.answer("SELECT string_agg(id, ' ' ORDER BY rowid) FROM orders");
  }

  source::TestFolder folder_;
  store::TestStore store_;
  base::OrgId mine_ = store::add_organization(store_, "org_mine");
  base::FixedClock clock_{base::Seconds(std::chrono::seconds(1'000'000))};
  base::FixedMonotonicClock monotonic_;
  store::OrganizationViews views_{store_.get()};
  query::Sources sources_{{folder_.path(""), 256 << 20, 1, base::Secret("")}};
  query::ResultCache cache_{1 << 20, clock_};
  FileLayouts layouts_{store_.get(), views_, sources_, cache_, monotonic_};
  std::int64_t version_ = 1;
};

TEST_F(FileLayoutsTest, FollowsTheRules) {
  add(true, "city");
  EXPECT_EQ(settle(), "settled");
  EXPECT_EQ(order(), "0 3 6 1 4 7 2 5 8");
  change_rule("id");
  EXPECT_EQ(settle(), "settled");
  EXPECT_EQ(order(), "0 1 2 3 4 5 6 7 8");
}

TEST_F(FileLayoutsTest, WritesNothingWhereNothingChanged) {
  add(true, "city");
  EXPECT_EQ(settle(), "settled");
  const auto written = std::filesystem::last_write_time(folder_.path(kFile));
  EXPECT_EQ(settle(), "settled");
  // Another start of the server, which knows nothing.
  FileLayouts later{store_.get(), views_, sources_, cache_, monotonic_};
  EXPECT_TRUE(later.settle(source::Cancellation()).ok());
  EXPECT_EQ(std::filesystem::last_write_time(folder_.path(kFile)), written);
}

TEST_F(FileLayoutsTest, AFileThatSomebodyElsePutThereIsNeverWritten) {
  add(false, "city");
  const auto written = std::filesystem::last_write_time(folder_.path(kFile));
  EXPECT_EQ(settle(), "settled");
  EXPECT_EQ(order(), "0 1 2 3 4 5 6 7 8");
  EXPECT_EQ(std::filesystem::last_write_time(folder_.path(kFile)), written);
  model::Database shop{kShop, "Shop", model::DatabaseKind::kDuckDb, "shop.duckdb"};
  EXPECT_EQ(sources_.lay_out(shop, {{"orders", {"city"}}}, {}).error().code, base::Code::kInternal);
}

TEST_F(FileLayoutsTest, QueriesGoOnAndLaterOnesReadTheNewFile) {
  add(true, "city");
  const auto view = store::expect_value(views_.get(mine_));
  const model::Database& shop = view->databases.at(kShop);
  const auto running = store::expect_value(sources_.get(shop, {false, ""}));
  EXPECT_EQ(settle(), "settled");
  const auto later = store::expect_value(sources_.get(shop, {false, ""}));
  EXPECT_NE(running->version(), later->version());
  for (const auto& source : {running, later}) {
    const auto rows = source->run(source::seal_columns("orders", {"city"}), source::kGenerous, {});
    EXPECT_EQ(store::expect_value(rows).rows(), 9U);
  }
}

TEST_F(FileLayoutsTest, AnAnswerOfTheFileBeforeIsNotGivenForTheNewOne) {
  add(true, "city");
  query::TableQueries tables{sources_, cache_, clock_, {1000, std::chrono::seconds(10)}};
  const auto maker = auth::user_principal(mine_, model::Role::kMaker);
  const auto first_rows = [&] {
    const auto view = store::expect_value(views_.get(mine_));
    const auto preview =
        store::expect_value(tables.preview(maker, *view, base::TableId("tbl_orders"), 4, {}));
    std::string ids;
    for (const model::Cell& id : preview.rows->columns.at(1).cells) {
      ids += std::to_string(std::get<std::int64_t>(*id)) + " ";
    }
    return ids;
  };
  EXPECT_EQ(first_rows(), "0 1 2 3 ");
  EXPECT_EQ(settle(), "settled");
  EXPECT_EQ(first_rows(), "0 3 6 1 ");
}

TEST_F(FileLayoutsTest, WhatFailedIsTriedAgainLater) {
  add(true, "city");
  std::filesystem::rename(folder_.path(kFile), folder_.path("elsewhere"));
  EXPECT_EQ(settle(), "source_unavailable");
  std::filesystem::rename(folder_.path("elsewhere"), folder_.path(kFile));
  EXPECT_EQ(settle(), "settled");
  EXPECT_EQ(order(), "0 1 2 3 4 5 6 7 8");
  monotonic_.advance(kLayoutRetry);
  EXPECT_EQ(settle(), "settled");
  EXPECT_EQ(order(), "0 3 6 1 4 7 2 5 8");
}

TEST_F(FileLayoutsTest, ABrokenOffRewritingIsNotTakenForDone) {
  add(true, "city");
  const source::Cancellation cancelled;
  cancelled.cancel();
  EXPECT_EQ(layouts_.settle(cancelled).error().code, base::Code::kCancelled);
  EXPECT_EQ(settle(), "settled");
  EXPECT_EQ(order(), "0 3 6 1 4 7 2 5 8");
}

TEST_F(FileLayoutsTest, WantsByTable) {
  add(true, "city");
  const auto view = store::expect_value(views_.get(mine_));
  EXPECT_THAT(wanted_layouts(*view, kShop), ElementsAre(source::TableLayout{"orders", {"city"}}));
  EXPECT_THAT(wanted_layouts(*view, base::DatabaseId("dbs_other")), IsEmpty());
}

}  // namespace
}  // namespace catalog
