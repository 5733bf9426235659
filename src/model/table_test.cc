#include "model/table.h"

#include <gtest/gtest.h>

namespace model {
namespace {

/// The list written again, or the field at fault.
template <typename Parse, typename Render>
std::string reread(std::string_view text, Parse parse, Render render) {
  const auto parsed = parse(base::parse_json(text).value());
  if (parsed) return base::render_json(render(*parsed));
  EXPECT_EQ(parsed.error().code, base::Code::kInvalidBody);
  return "refused " + parsed.error().field;
}

std::string reread_metrics(std::string_view text) {
  return reread(text, parse_metrics, render_metrics);
}

/// A list of one metric with this measure.
std::string reread_measure(const std::string& measure) {
  const std::string text = R"([{"name":"m","label":"M","measure":)" + measure +
                           R"(,"format":{"style":"decimal","decimals":0}}])";
  const std::string again = reread_metrics(text);
  return again == text ? "same" : again;
}

std::string reread_format(const std::string& format) {
  return reread_metrics(R"([{"name":"m","label":"M","measure":{"aggregate":"count"},"format":)" +
                        format + "}]");
}

TEST(Metric, WhatWasReadIsWrittenTheSame) {
  for (const std::string aggregate : {"countDistinct", "sum", "average", "min", "max"}) {
    EXPECT_EQ(reread_measure(R"({"aggregate":")" + aggregate + R"(","column":"c"})"), "same");
  }
  EXPECT_EQ(reread_measure(R"({"aggregate":"count"})"), "same");
  for (const std::string comparison :
       {"equal", "greater", "greaterOrEqual", "less", "lessOrEqual"}) {
    EXPECT_EQ(reread_measure(R"({"aggregate":"count","filter":{"column":"delay","operator":")" +
                             comparison + R"(","type":"integer","value":15}})"),
              "same");
  }
  const std::string ratio =
      R"([{"name":"m","label":"M","measure":{"aggregate":"sum","column":"a"},)"
      R"("format":{"style":"percent","decimals":1,"unit":"x"},"denominator":{"aggregate":"count"}}])";
  EXPECT_EQ(reread_metrics(ratio), ratio);
}

TEST(Metric, RefusesMeasuresThatAreNotWhole) {
  EXPECT_EQ(reread_measure(R"({"aggregate":"median","column":"c"})"),
            "refused metrics[0].measure.aggregate");
  EXPECT_EQ(reread_measure(R"({"aggregate":"sum"})"), "refused metrics[0].measure.column");
  EXPECT_EQ(reread_measure(R"({"aggregate":"count","column":"c"})"),
            "refused metrics[0].measure.column");
  EXPECT_EQ(reread_measure(R"({"aggregate":"count","sql":"1"})"), "refused metrics[0].measure.sql");
  EXPECT_EQ(reread_measure("null"), "refused metrics[0].measure");
}

TEST(Metric, RefusesFiltersThatAreNotWhole) {
  const auto reread_filter = [](const std::string& filter) {
    return reread_measure(R"({"aggregate":"count","filter":)" + filter + "}");
  };
  EXPECT_EQ(reread_filter(R"({"column":"c","operator":"like","type":"string","value":"x"})"),
            "refused metrics[0].measure.filter.operator");
  EXPECT_EQ(reread_filter(R"({"column":"c","operator":"less","type":"integer","value":"x"})"),
            "refused metrics[0].measure.filter.value");
  EXPECT_EQ(reread_filter(R"({"column":"c","operator":"less","type":"integer"})"),
            "refused metrics[0].measure.filter.value");
  EXPECT_EQ(reread_filter(R"({"operator":"less","type":"integer","value":1})"),
            "refused metrics[0].measure.filter.column");
  EXPECT_EQ(reread_filter("[]"), "refused metrics[0].measure.filter");
}

TEST(Metric, RefusesFormatsThatAreNone) {
  EXPECT_EQ(reread_format(R"({"style":"currency"})"), "refused metrics[0].format.style");
  EXPECT_EQ(reread_format(R"({"decimals":-1})"), "refused metrics[0].format.decimals");
  EXPECT_EQ(reread_format(R"({"decimals":4294967297})"), "refused metrics[0].format.decimals");
  EXPECT_EQ(reread_format(R"({"decimals":1.5})"), "refused metrics[0].format.decimals");
  EXPECT_EQ(reread_format(R"({"currency":"EUR"})"), "refused metrics[0].format.currency");
}

TEST(Metric, ListsAreLists) {
  EXPECT_EQ(reread_metrics("{}"), "refused metrics");
  EXPECT_EQ(reread_metrics("[1]"), "refused metrics[0]");
  EXPECT_EQ(reread_metrics("[]"), "[]");
}

std::string reread_columns(std::string_view text) {
  return reread(text, parse_columns, render_columns);
}

/// A list of one column with this member more.
std::string reread_column_with(const std::string& member) {
  return reread_columns(R"([{"name":"a","type":"string",)" + member + "}]");
}

TEST(Column, WhatWasReadIsWrittenTheSame) {
  const std::string columns =
      R"([{"name":"a","type":"string","access":"hidden"},)"
      R"({"name":"b","type":"datetime","access":"visible","label":"B","description":"When"},)"
      R"({"name":"c","type":"numeric","access":"masked","exceptions":[)"
      R"({"if":{"role":["maker","admin"]},"access":"visible"},)"
      R"({"if":{"attribute":"team","operator":"isIn","type":"string","values":["x","y"]},)"
      R"("access":"hidden"}]}])";
  EXPECT_EQ(reread_columns(columns), columns);
}

TEST(Column, RefusesUnknownTypesAndMembersAndColumnsWithoutAName) {
  EXPECT_EQ(reread_columns(R"([{"name":"a","type":"blob","access":"visible"}])"),
            "refused columns[0].type");
  EXPECT_EQ(reread_columns(R"([{"name":"","type":"string","access":"visible"}])"),
            "refused columns[0].name");
  EXPECT_EQ(reread_column_with(R"("access":"visible","hidden":true)"), "refused columns[0].hidden");
  EXPECT_EQ(reread_columns("[null]"), "refused columns[0]");
}

TEST(Column, NothingSaysThatItIsVisibleButItsAccess) {
  EXPECT_EQ(reread_columns(R"([{"name":"a","type":"string"}])"), "refused columns[0].access");
  EXPECT_EQ(reread_column_with(R"("access":"")"), "refused columns[0].access");
  EXPECT_EQ(reread_column_with(R"("access":"Visible")"), "refused columns[0].access");
  EXPECT_EQ(reread_column_with(R"("access":null)"), "refused columns[0].access");
}

TEST(Column, RefusesExceptionsThatAreNotWhole) {
  const auto reread_exception = [](const std::string& exception) {
    return reread_column_with(R"("access":"hidden","exceptions":[)" + exception + "]");
  };
  EXPECT_EQ(reread_exception(R"({"if":{"role":["maker"]}})"),
            "refused columns[0].exceptions[0].access");
  EXPECT_EQ(reread_exception(R"({"access":"visible"})"), "refused columns[0].exceptions[0].if");
  EXPECT_EQ(reread_exception(R"({"if":null,"access":"visible"})"),
            "refused columns[0].exceptions[0].if");
  EXPECT_EQ(reread_exception(R"({"if":{},"access":"visible"})"),
            "refused columns[0].exceptions[0].if.attribute");
  EXPECT_EQ(reread_exception(R"({"if":{"role":["root"]},"access":"visible"})"),
            "refused columns[0].exceptions[0].if.role");
  EXPECT_EQ(reread_exception(R"({"if":{"and":[]},"access":"visible"})"),
            "refused columns[0].exceptions[0].if.and");
  EXPECT_EQ(reread_exception(R"({"if":{"role":["maker"]},"access":"visible","else":"hidden"})"),
            "refused columns[0].exceptions[0].else");
  EXPECT_EQ(reread_column_with(R"("access":"hidden","exceptions":{})"),
            "refused columns[0].exceptions");
}

TEST(ColumnAccess, HasANameForEach) {
  EXPECT_EQ(column_access_name(ColumnAccess::kHidden), "hidden");
  EXPECT_EQ(column_access_name(ColumnAccess::kMasked), "masked");
  EXPECT_EQ(column_access_name(ColumnAccess::kVisible), "visible");
}

TEST(Dimension, WhatWasReadIsWrittenTheSame) {
  const auto again = [](std::string_view text) {
    return reread(text, parse_dimensions, render_dimensions);
  };
  const std::string dimensions = R"([{"name":"a","label":"A","column":"c"}])";
  EXPECT_EQ(again(dimensions), dimensions);
  EXPECT_EQ(again(R"([{"name":"a","label":"A"}])"), "refused dimensions[0].column");
}

TEST(Table, FindsItsPartsByExactName) {
  const Table table{base::TableId("tbl"),
                    base::DatabaseId("dbs"),
                    "t",
                    "T",
                    TableAccess::kHidden,
                    {{"city", ValueType::kString, ColumnAccess::kVisible}},
                    {{"rows", "Rows", {Aggregate::kCount, "", {}}, {}, {}}},
                    {{"place", "Place", "city"}},
                    {}};
  EXPECT_NE(table.find_column("city"), nullptr);
  EXPECT_EQ(table.find_column("City"), nullptr);
  EXPECT_EQ(table.find_column("place"), nullptr);
  EXPECT_NE(table.find_dimension("place"), nullptr);
  EXPECT_EQ(table.find_dimension("city"), nullptr);
  EXPECT_NE(table.find_metric("rows"), nullptr);
  EXPECT_EQ(table.find_metric(""), nullptr);
}

}  // namespace
}  // namespace model
