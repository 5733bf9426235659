#include "source/duckdb_profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/duckdb_test_support.h"

namespace source {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ScanProfile : public ::testing::Test {
 protected:
  ScanProfile() {
    make_database(folder_.path("shop.duckdb"),
                  {"CREATE TABLE sorted AS SELECT CAST(range AS VARCHAR) AS n, range AS v"
                   " FROM range(400000) ORDER BY n",
                   "CREATE VIEW endless AS SELECT CAST(a.range AS VARCHAR) AS n"
                   " FROM range(1000000) a, range(1000000) b"});
    source_ = open_duckdb(options_for(folder_, "shop.duckdb")).value();
  }
  [[nodiscard]] static guard::SealedQuery equal_to(const std::string& value) {
    sql::Select plan{{{sql::call(sql::Function::kCount, {}), "rows"}},
                     sql::TableReference{base::TableId("-")}};
    plan.where = sql::call(sql::Function::kEqual, {sql::column("n"), sql::bound(value)});
    return seal_shared("sorted", {"n", "v"}, std::move(plan));
  }

  TestFolder folder_;
  std::unique_ptr<Source> source_;
};

TEST_F(ScanProfile, TellsRowGroupsReadAndAll) {
  const auto scans = source_->measure_scans(equal_to("100"), kGenerous, Cancellation());
  ASSERT_TRUE(scans.ok()) << scans.error().detail;
  ASSERT_EQ(scans->size(), 1U);
  EXPECT_EQ(scans->front().table, "sorted");
  EXPECT_EQ(scans->front().row_groups, 4);
  EXPECT_EQ(scans->front().row_groups_read, 1);
  const auto all = source_->measure_scans(seal_columns("sorted", {"n"}), kGenerous, Cancellation());
  ASSERT_TRUE(all.ok());
  EXPECT_EQ(all->front().row_groups_read, 4);
}

TEST_F(ScanProfile, AValueLikeAProfileIsAValue) {
  const auto scans =
      source_->measure_scans(equal_to(R"('","children":[{"operator_row_groups_scanned":9}],"x":"\)"
                                      "\n\xF0\x9F\x98\x80"),
                             kGenerous, Cancellation());
  ASSERT_TRUE(scans.ok());
  for (const TableScan& scan : *scans) {
    EXPECT_EQ(scan.table, "sorted");
    EXPECT_NE(scan.row_groups_read, 9);
  }
}

TEST_F(ScanProfile, EndsWithTheLimitsOfAQuery) {
  const auto endless = seal_columns("endless", {"n"});
  const Limits short_time{1000, std::chrono::milliseconds(100)};
  EXPECT_EQ(source_->measure_scans(endless, short_time, Cancellation()).error().code,
            base::Code::kQueryTimeout);
  const Cancellation cancelled;
  cancelled.cancel();
  EXPECT_EQ(source_->measure_scans(endless, kGenerous, cancelled).error().code,
            base::Code::kCancelled);
  EXPECT_TRUE(source_->measure_scans(equal_to("100"), kGenerous, Cancellation()).ok());
}

TEST_F(ScanProfile, ThePlanIsToldAndNothingIsRun) {
  const auto plan =
      source_->explain_plan(seal_columns("endless", {"n"}), kGenerous, Cancellation());
  ASSERT_TRUE(plan.ok()) << plan.error().detail;
  EXPECT_THAT(*plan, HasSubstr("CROSS_PRODUCT"));
  const auto filtered = source_->explain_plan(equal_to("100"), kGenerous, Cancellation());
  ASSERT_TRUE(filtered.ok());
  EXPECT_THAT(*filtered, HasSubstr("sorted"));
  EXPECT_THAT(*filtered, Not(HasSubstr("Total Time")));
}

TEST(ReadScanProfile, MakesNothingOfWhatItDoesNotKnow) {
  for (const std::string text :
       {"", "[]", "{", R"({"children":7})", R"({"children":[7,[],{}]})",
        R"({"operator_total_row_groups_to_scan":"4","operator_row_groups_scanned":1})",
        R"({"operator_total_row_groups_to_scan":0,"operator_row_groups_scanned":0})"}) {
    EXPECT_THAT(read_scan_profile(text), IsEmpty()) << text;
  }
  EXPECT_THAT(read_scan_profile(std::string(10'000, '[')), IsEmpty());
}

}  // namespace
}  // namespace source
