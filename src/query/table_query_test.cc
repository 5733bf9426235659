#include "query/table_query.h"

#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "query/chart_query.h"
#include "source/duckdb_test_support.h"

namespace query {
namespace {

using model::ColumnAccess;
using model::Environment;
using model::Role;
using model::ValueType;
using testing::ElementsAre;

const base::TableId kOrders("tbl_orders");
const base::DatabaseId kShop("dbs_shop");

model::Principal viewer(const std::string& city, Environment environment) {
  model::EmbedIdentity identity = auth::embed_identity({{"city", auth::scalar_attribute(city)}});
  identity.environment = environment;
  return auth::PrincipalFactory::for_embed(auth::kTestOrganization, Role::kExplorer,
                                           std::move(identity));
}

class TableQueriesTest : public ::testing::Test {
 protected:
  TableQueriesTest() {
    std::filesystem::create_directory(folder_.path("databases"));
    source::make_database(
        folder_.path("databases/shop.duckdb"),
        {"CREATE TABLE orders (id INTEGER, city VARCHAR, note VARCHAR, iban VARCHAR)",
         "INSERT INTO orders VALUES (1, 'Paris', 'a', 'x'), (2, 'Rome', 'CANARY', 'y'),"
         " (3, NULL, 'CANARY', 'z')"});
    view_.databases.emplace(
        kShop, model::Database{kShop, "Shop", model::DatabaseKind::kDuckDb, "shop.duckdb"});
    model::Table table{kOrders, kShop, "orders", "Orders", model::TableAccess::kRestricted,
                       {},      {},    {},       {}};
    table.columns = {{"id", ValueType::kInteger, ColumnAccess::kVisible},
                     {"city", ValueType::kString, ColumnAccess::kVisible},
                     {"note", ValueType::kString, ColumnAccess::kMasked},
                     {"iban", ValueType::kString, ColumnAccess::kHidden}};
    const auto rule =
        base::parse_json(R"({"column":"city","operator":"isEqualTo","attribute":"city"})").value();
    table.rules = {{base::RuleId("rul_a"), "City", model::parse_rule_node(rule).value()}};
    table.metrics = {{"rows", "Rows", {model::Aggregate::kCount, "", {}}, {}, {}}};
    view_.tables.emplace(kOrders, table);
  }

  [[nodiscard]] base::Result<Preview> preview(const model::Principal& principal,
                                              std::int64_t rows = kPreviewRowsMax) {
    return tables_.preview(principal, view_, kOrders, rows, Cancellation());
  }
  [[nodiscard]] std::string counts(const model::Principal& principal,
                                   const model::Principal& asker) {
    const auto counted = tables_.count(principal, asker, view_, kOrders, Cancellation());
    if (!counted) return std::string(base::code_name(counted.error().code));
    return std::to_string(counted->before) + " " + std::to_string(counted->after);
  }

  source::TestFolder folder_;
  store::OrganizationView view_{
      {auth::kTestOrganization, "Mine", true}, {}, {}, {}, {}, {}, {}, {}};
  const base::FixedClock clock_{base::Seconds(std::chrono::seconds(1'000'000))};
  Sources sources_{{folder_.path(""), 256 << 20, 1, base::Secret("")}};
  ResultCache cache_{1 << 20, clock_};
  TableQueries tables_{sources_, cache_, clock_, {1000, std::chrono::seconds(10)}};
  ChartQueries charts_{sources_, cache_, clock_, {1000, std::chrono::seconds(10)}};
  const model::Principal maker_ = auth::user_principal(auth::kTestOrganization, Role::kMaker);
};

TEST_F(TableQueriesTest, APreviewHoldsWhatThePrincipalMaySee) {
  const auto seen = preview(viewer("Paris", Environment::kProduction));
  ASSERT_TRUE(seen.ok());
  std::vector<std::string> names;
  for (const PreviewColumn& column : seen->columns) {
    names.push_back(column.name + (column.masked ? " masked" : ""));
  }
  EXPECT_THAT(names, ElementsAre("id", "city", "note masked"));
  EXPECT_EQ(seen->rows->rows(), 1U);
  EXPECT_EQ(seen->rows->columns[2].cells[0], model::Cell(std::string("•••••")));
  EXPECT_THAT(seen->query.decision.tables[0].hidden_columns, ElementsAre("iban"));
}

TEST_F(TableQueriesTest, MakersPreviewAllOfIt) {
  const auto seen = preview(maker_);
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(seen->columns.size(), 4U);
  EXPECT_EQ(seen->rows->rows(), 3U);
  EXPECT_EQ(preview(maker_, 2)->rows->rows(), 2U);
}

TEST_F(TableQueriesTest, WhoIsRefusedPreviewsNothing) {
  EXPECT_EQ(preview(auth::embed_principal({})).error().code, base::Code::kAttributeMissing);
  EXPECT_EQ(preview(auth::user_principal(auth::kForeignOrganization, Role::kAdmin)).error().code,
            base::Code::kNotFound);
  view_.tables.at(kOrders).access = model::TableAccess::kHidden;
  EXPECT_EQ(preview(viewer("Paris", Environment::kSandbox)).error().code, base::Code::kNoRule);
}

TEST_F(TableQueriesTest, CountsAreToldToThoseWhoMayHaveThemExplained) {
  const auto sandbox = viewer("Paris", Environment::kSandbox);
  const auto production = viewer("Paris", Environment::kProduction);
  EXPECT_EQ(counts(production, maker_), "3 1");
  EXPECT_EQ(counts(maker_, maker_), "3 3");
  EXPECT_EQ(counts(sandbox, sandbox), "3 1");
  EXPECT_EQ(counts(production, production), "forbidden");
}

TEST_F(TableQueriesTest, AChartIsExplainedWithItsDecisionAndItsUseOfTheCache) {
  const model::Chart chart{
      base::ChartId("cht_a"), "Orders", {kOrders, model::ChartType::kValue, {"rows"}}};
  const auto production = viewer("Paris", Environment::kProduction);
  const auto explain = [&](const model::Principal& asker) {
    return charts_.explain(production, asker, view_, chart, {}, WithPlan::kNo, Cancellation());
  };
  const auto first = explain(maker_);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->how, CacheUse::kMiss);
  EXPECT_THAT(first->query.statement.text,
              testing::HasSubstr(R"(WHERE (CAST("city" AS VARCHAR) = $2))"));
  EXPECT_EQ(first->query.decision.tables[0].conditions[0].rule_name, "City");
  EXPECT_EQ(explain(maker_)->how, CacheUse::kHit);
  EXPECT_EQ(explain(production).error().code, base::Code::kForbidden);
  EXPECT_EQ(explain(auth::user_principal(auth::kTestOrganization, Role::kExplorer)).error().code,
            base::Code::kForbidden);
}

TEST_F(TableQueriesTest, StreamsTheRowsOfTheViewerPastTheCache) {
  const auto streamed = [&](const model::Principal& principal) -> std::string {
    const auto sealed = tables_.seal_rows(principal, view_, kOrders, {});
    if (!sealed) return std::string(base::code_name(sealed.error().code));
    std::string text;
    for (const PreviewColumn& column : sealed->columns) text += column.name + " ";
    const auto done =
        tables_.stream_rows(*sealed, view_, {100, std::chrono::seconds(10)}, Cancellation(),
                            [&](const source::ResultSet& batch) -> base::Result<base::Done> {
                              for (std::size_t row = 0; row < batch.rows(); ++row) {
                                for (const auto& column : batch.columns) {
                                  const model::Cell& cell = column.cells[row];
                                  text += (cell ? model::describe_value(*cell) : "NULL") + " ";
                                }
                              }
                              return base::Done{};
                            });
    EXPECT_TRUE(done.ok());
    return text;
  };
  const std::string paris = streamed(viewer("Paris", Environment::kProduction));
  EXPECT_THAT(paris, testing::StartsWith("id city note 1 Paris "));
  EXPECT_THAT(paris, testing::Not(testing::HasSubstr("CANARY")));
  EXPECT_THAT(paris, testing::Not(testing::HasSubstr("iban")));
  EXPECT_EQ(streamed(viewer("Oslo", Environment::kProduction)), "id city note ");
  EXPECT_EQ(streamed(auth::embed_principal({})), "attribute_missing");
  EXPECT_EQ(cache_.counts().misses, 0U) << "nothing is kept";
}

}  // namespace
}  // namespace query
