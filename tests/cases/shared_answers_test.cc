// Charts for several principals through one cache: answers are shared exactly by those whom the
// rules leave the same query, and nobody gets what the rules refuse them.

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/folder_test_support.h"
#include "query/chart_query.h"
#include "rule_case.h"
#include "source/duckdb_test_support.h"

namespace cases {
namespace {

using model::Environment;

const std::string kRestricted = R"(
--- access
restricted
--- rules
[{"column": "city", "operator": "isEqualTo", "attribute": "location"}]
--- principal
embed explorer
--- request
{"by": []})";

class SharedAnswers : public ::testing::Test {
 protected:
  SharedAnswers() {
    std::filesystem::create_directory(folder_.path("databases"));
    source::make_database(query::database_path(folder_.path(), "orders.duckdb"),
                          {base::read_whole_file("tests/cases/rules/orders.sql")});
    view_.databases.emplace(base::DatabaseId("dbs_shop"),
                            model::Database{base::DatabaseId("dbs_shop"), "Shop",
                                            model::DatabaseKind::kDuckDb, "orders.duckdb"});
    view_.tables = read_rule_case(kRestricted).tables;
    model::Table& orders = view_.tables.begin()->second;
    orders.metrics = {{"rows", "Rows", {model::Aggregate::kCount, "", {}}, {}, {}}};
  }

  static model::Principal viewer(const std::string& city, Environment environment,
                                 const std::string& distinct_id) {
    model::EmbedIdentity identity =
        auth::embed_identity({{"location", auth::scalar_attribute(city)}});
    identity.environment = environment;
    identity.distinct_id = distinct_id;
    return auth::PrincipalFactory::for_embed(auth::kTestOrganization, model::Role::kExplorer,
                                             std::move(identity));
  }

  [[nodiscard]] base::Result<query::ChartAnswer> ask(const model::Principal& principal) {
    return charts_.run(principal, view_, chart_, {}, source::Cancellation());
  }
  [[nodiscard]] std::int64_t count_for(const model::Principal& principal) {
    const auto answer = ask(principal);
    EXPECT_TRUE(answer.ok()) << answer.error().what << answer.error().detail;
    return std::get<std::int64_t>(answer->rows->columns[0].cells[0].value());
  }

  base::TestFolder folder_;
  store::OrganizationView view_{
      {auth::kTestOrganization, "Mine", true}, {}, {}, {}, {}, {}, {}, {}};
  query::Sources sources_{{folder_.path(), 256 << 20, 2, base::Secret("")}};
  const base::FixedClock clock_{base::Seconds(std::chrono::seconds(1'000'000))};
  query::ResultCache cache_{1 << 20, clock_};
  query::ChartQueries charts_{sources_, cache_, clock_, {1000, std::chrono::seconds(10)}};
  const model::Chart chart_{base::ChartId("cht_1"),
                            "Orders",
                            {base::TableId("tbl_orders"), model::ChartType::kValue, {"rows"}}};
  const model::Principal admin_ =
      auth::user_principal(auth::kTestOrganization, model::Role::kAdmin);
};

TEST_F(SharedAnswers, EachViewerCountsTheirOwnRowsOnly) {
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(count_for(admin_), 21);
    EXPECT_EQ(count_for(viewer("Paris", Environment::kProduction, "a")), 2);
    EXPECT_EQ(count_for(viewer("paris", Environment::kProduction, "a")), 1);
    EXPECT_EQ(count_for(viewer("Rome", Environment::kProduction, "a")), 0);
  }
}

TEST_F(SharedAnswers, TwoViewersOfTheSameRowsShareOneAnswer) {
  const auto first = ask(viewer("Paris", Environment::kProduction, "a"));
  const auto second = ask(viewer("Paris", Environment::kProduction, "b"));
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(first->rows, second->rows);
}

TEST_F(SharedAnswers, SandboxAndProductionShareNone) {
  const auto sandbox = ask(viewer("Paris", Environment::kSandbox, "a"));
  const auto production = ask(viewer("Paris", Environment::kProduction, "a"));
  ASSERT_TRUE(sandbox.ok() && production.ok());
  EXPECT_NE(sandbox->rows, production->rows);
}

TEST_F(SharedAnswers, WhoIsRefusedGetsNothingThoughTheAnswerIsKept) {
  EXPECT_EQ(count_for(admin_), 21);
  EXPECT_EQ(count_for(viewer("Paris", Environment::kProduction, "a")), 2);
  const auto bare = ask(auth::embed_principal({}));
  ASSERT_FALSE(bare.ok());
  EXPECT_EQ(bare.error().code, base::Code::kAttributeMissing);
  const auto foreign = ask(auth::user_principal(auth::kForeignOrganization, model::Role::kAdmin));
  ASSERT_FALSE(foreign.ok());
  EXPECT_EQ(foreign.error().code, base::Code::kNotFound);
}

TEST_F(SharedAnswers, ADatabaseThatIsNotThereTellsNoPath) {
  view_.databases.begin()->second.file = "gone.duckdb";
  const auto refused = ask(admin_);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::Code::kSourceUnavailable);
  EXPECT_THAT(refused.error().what, ::testing::Not(::testing::HasSubstr("gone")));
}

}  // namespace
}  // namespace cases
