#include "model/filter_value.h"

#include <gtest/gtest.h>

namespace model {
namespace {

std::string reread(const std::string& text) {
  const auto parsed = parse_filter_value(base::parse_json(text).value(), "f");
  if (!parsed) {
    EXPECT_EQ(parsed.error().code, base::Code::kInvalidBody);
    return "refused " + parsed.error().field;
  }
  base::json::object members;
  render_filter_value(*parsed, members);
  const std::string again = base::render_json(members);
  const base::json::value whole(members);
  base::ObjectReader reader(whole, "f");
  base::json::object twice;
  render_filter_value(read_filter_value(reader), twice);
  EXPECT_TRUE(reader.finish().ok());
  EXPECT_EQ(base::render_json(twice), again);
  return again;
}

TEST(FilterValue, IsOneOfItsKinds) {
  EXPECT_EQ(reread(R"(["a",null,7,true])"), R"({"values":["a",null,7,true]})");
  EXPECT_EQ(reread("[]"), R"({"values":[]})");
  EXPECT_EQ(reread("{}"), R"({"values":[]})");
  EXPECT_EQ(reread(R"({"from":1})"), R"({"from":1E0})");
  EXPECT_EQ(reread(R"({"from":"2001-01-31","to":"2001-02-01"})"),
            R"({"from":"2001-01-31","to":"2001-02-01"})");
  EXPECT_EQ(reread(R"({"to":"2001-02-01"})"), R"({"to":"2001-02-01"})");
  EXPECT_EQ(reread(R"({"preset":"last30Days"})"), R"({"preset":"last30Days"})");
  EXPECT_EQ(reread(R"({"contains":"50%"})"), R"({"contains":"50%"})");
}

TEST(FilterValue, RefusesEverythingElse) {
  for (const std::string text : {R"("a")", "7", "null", "true", R"([["a"]])", R"([{"a":1}])"}) {
    EXPECT_EQ(reread(text), "refused f") << text;
  }
  EXPECT_EQ(reread(R"({"from":1,"to":"2001-01-01"})"), "refused f.from");
  EXPECT_EQ(reread(R"({"from":"2001-02-30"})"), "refused f.from");
  EXPECT_EQ(reread(R"({"from":true})"), "refused f.from");
  EXPECT_EQ(reread(R"({"preset":"lastDecade"})"), "refused f.preset");
  EXPECT_EQ(reread(R"({"preset":"today","from":"2001-01-01"})"), "refused f.values");
  EXPECT_EQ(reread(R"({"contains":"x","values":[]})"), "refused f.values");
  EXPECT_EQ(reread(R"({"contains":7})"), "refused f.contains");
  EXPECT_EQ(reread(R"({"sql":"1=1"})"), "refused f.sql");
  EXPECT_EQ(reread(R"({"contains":")" + std::string(201, 'x') + R"("})"), "refused f.contains");
}

TEST(FilterValue, ListsAreBounded) {
  std::string list = "1";
  for (std::size_t i = 1; i < kMaxFilterValues; ++i) list += ",1";
  EXPECT_NE(reread("[" + list + "]"), "refused f");
  EXPECT_EQ(reread("[" + list + ",1]"), "refused f");
  EXPECT_EQ(reread(R"({"values":[)" + list + ",1]}"), "refused f.values");
}

TEST(DatePreset, EndsWhereTheCalendarSays) {
  const auto days_of = [](DatePreset preset, std::chrono::year_month_day today) {
    const DateRange range = resolve_preset(preset, Date(today));
    return render_date(*range.from) + " " + render_date(*range.to);
  };
  using namespace std::chrono;  // NOLINT(google-build-using-namespace): dates
  const year_month_day sunday = year(2026) / 11 / 29;
  const std::vector<std::pair<DatePreset, std::string>> expected = {
      {DatePreset::kToday, "2026-11-29 2026-11-29"},
      {DatePreset::kYesterday, "2026-11-28 2026-11-28"},
      {DatePreset::kLast7Days, "2026-11-23 2026-11-29"},
      {DatePreset::kLast30Days, "2026-10-31 2026-11-29"},
      {DatePreset::kLast90Days, "2026-09-01 2026-11-29"},
      {DatePreset::kThisWeek, "2026-11-23 2026-11-29"},
      {DatePreset::kThisMonth, "2026-11-01 2026-11-30"},
      {DatePreset::kLastMonth, "2026-10-01 2026-10-31"},
      {DatePreset::kThisQuarter, "2026-10-01 2026-12-31"},
      {DatePreset::kThisYear, "2026-01-01 2026-12-31"},
      {DatePreset::kLastYear, "2025-01-01 2025-12-31"}};
  for (const auto& [preset, range] : expected) EXPECT_EQ(days_of(preset, sunday), range);
  EXPECT_EQ(days_of(DatePreset::kThisWeek, year(2026) / 11 / 30), "2026-11-30 2026-12-06");
  EXPECT_EQ(days_of(DatePreset::kLastMonth, year(2024) / 1 / 31), "2023-12-01 2023-12-31");
  EXPECT_EQ(days_of(DatePreset::kThisMonth, year(2024) / 2 / 29), "2024-02-01 2024-02-29");
  EXPECT_EQ(days_of(DatePreset::kThisQuarter, year(2024) / 3 / 31), "2024-01-01 2024-03-31");
}

}  // namespace
}  // namespace model
