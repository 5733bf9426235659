#include "sql/render.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sql {
namespace {

using model::Value;

Expression number(std::int64_t value) { return bound(value); }

/// SELECT <expression> FROM t, without what is the same each time; or "refused".
std::string text_of(const Expression& expression, Dialect dialect = Dialect::kDuckDb) {
  const auto rendered = render(Select{{{expression, "x"}}, PhysicalTable{"t"}}, dialect);
  if (!rendered) {
    EXPECT_EQ(rendered.error().code, base::Code::kInternal);
    return "refused";
  }
  const std::string& text = rendered->text;
  const std::size_t end = text.rfind(R"( AS "x" FROM )");
  return text.substr(7, end - 7);
}

const Expression kA = column("a");
const Expression kB = column("b");

TEST(Render, WritesEveryFunction) {
  const std::vector<std::tuple<Function, std::vector<Expression>, std::string>> calls = {
      {Function::kAnd, {kA, kB}, R"(("a" AND "b"))"},
      {Function::kAnd, {kA, kB, kA}, R"(("a" AND "b" AND "a"))"},
      {Function::kAnd, {kA}, R"("a")"},
      {Function::kOr, {kA, kB}, R"(("a" OR "b"))"},
      {Function::kOr, {kA}, R"("a")"},
      {Function::kEqual, {kA, kB}, R"(("a" = "b"))"},
      {Function::kGreater, {kA, kB}, R"(("a" > "b"))"},
      {Function::kGreaterOrEqual, {kA, kB}, R"(("a" >= "b"))"},
      {Function::kLess, {kA, kB}, R"(("a" < "b"))"},
      {Function::kLessOrEqual, {kA, kB}, R"(("a" <= "b"))"},
      {Function::kDifferent, {kA, kB}, R"(("a" <> "b"))"},
      {Function::kNotIn, {kA, number(1), number(2)}, R"(("a" NOT IN ($1, $2)))"},
      {Function::kContains, {kA, kB}, R"(contains("a", "b"))"},
      {Function::kStartsWith, {kA, kB}, R"(starts_with("a", "b"))"},
      {Function::kContainsAnyCase,
       {kA, kB},
       R"(contains(lower(CAST("a" AS VARCHAR)), lower("b")))"},
      {Function::kWhen, {kA, kB}, R"((CASE WHEN "a" THEN "b" END))"},
      {Function::kMinuteNumber, {kA}, R"(TRY_CAST(floor(epoch("a") / 60) AS BIGINT))"},
      {Function::kMinuteStart, {kA}, R"(make_timestamp("a" * 60000000))"},
      {Function::kHourNumber, {kA}, R"(TRY_CAST(floor(epoch("a") / 3600) AS BIGINT))"},
      {Function::kHourStart, {kA}, R"(make_timestamp("a" * 3600000000))"},
      {Function::kWeekNumber, {kA}, R"(TRY_CAST(floor((epoch("a") + 259200) / 604800) AS BIGINT))"},
      {Function::kWeekStart, {kA}, R"((DATE '1969-12-29' + CAST("a" * 7 AS integer)))"},
      {Function::kQuarterNumber, {kA}, R"((year("a") * 4 + quarter("a") - 1))"},
      {Function::kQuarterStart, {kA}, R"(make_date("a" // 4, "a" % 4 * 3 + 1, 1))"},
      {Function::kDayOfWeek, {kA}, R"(isodow("a"))"},
      {Function::kMonthOfYear, {kA}, R"(month("a"))"},
      {Function::kIsSet, {kA}, R"(("a" IS NOT NULL))"},
      {Function::kIsNotSet, {kA}, R"(("a" IS NULL))"},
      {Function::kIsNumber, {kA}, R"(("a" <= CAST('infinity' AS DOUBLE)))"},
      {Function::kIsNoNumber, {kA}, R"((("a" <= CAST('infinity' AS DOUBLE)) IS NOT TRUE))"},
      {Function::kIn, {kA, number(1)}, R"(("a" IN ($1)))"},
      {Function::kIn, {kA, number(1), number(2)}, R"(("a" IN ($1, $2)))"},
      {Function::kCount, {}, "count(*)"},
      {Function::kCountDistinct, {kA}, R"(count(DISTINCT "a"))"},
      {Function::kSum, {kA}, R"(sum("a"))"},
      {Function::kAverage, {kA}, R"(avg("a"))"},
      {Function::kMin, {kA}, R"(min("a"))"},
      {Function::kMax, {kA}, R"(max("a"))"},
      {Function::kAllTrue, {kA}, R"(bool_and("a"))"},
      {Function::kAnyTrue, {kA}, R"(bool_or("a"))"},
      {Function::kFilter, {call(Function::kCount, {}), kA}, R"(count(*) FILTER (WHERE "a"))"},
      {Function::kWhole, {kA}, R"("a")"},
      {Function::kRatio, {kA, kB}, R"((CAST("a" AS DOUBLE) / NULLIF("b", 0)))"},
      {Function::kBinNumber, {kA, number(250)}, R"(TRY_CAST(floor("a" / $1) AS BIGINT))"},
      {Function::kBinStart, {kA, number(250)}, R"(("a" * $1))"},
      {Function::kDay, {kA}, R"(CAST("a" AS DATE))"},
      {Function::kMonthNumber, {kA}, R"((year("a") * 12 + month("a") - 1))"},
      {Function::kMonthStart, {kA}, R"(make_date("a" // 12, "a" % 12 + 1, 1))"},
      {Function::kYearNumber, {kA}, R"(year("a"))"},
      {Function::kYearStart, {kA}, R"(make_date("a", 1, 1))"},
      {Function::kHourOfDay, {kA}, R"(hour("a"))"}};
  for (const auto& [function, arguments, text] : calls) {
    EXPECT_EQ(text_of(call(function, arguments)), text);
  }
}

TEST(Render, WritesForPostgresWhatDiffersThere) {
  const std::vector<std::tuple<Function, std::vector<Expression>, std::string>> calls = {
      {Function::kEqual, {kA, kB}, R"(("a" = "b"))"},
      {Function::kContains, {kA, kB}, R"((strpos("a", "b") > 0))"},
      {Function::kIsNumber, {kA}, R"(("a" <= CAST('infinity' AS float8)))"},
      {Function::kContainsAnyCase,
       {kA, kB},
       R"((strpos(lower(CAST("a" AS text) COLLATE "default"), lower("b" COLLATE "default")) > 0))"},
      {Function::kWeekNumber,
       {kA},
       R"((CASE WHEN isfinite("a") THEN CAST(floor((date_part('epoch', "a") + 259200) / 604800))"
       R"( AS bigint) END))"},
      {Function::kHourStart, {kA}, R"((TIMESTAMP '1970-01-01' + "a" * INTERVAL '1 hour'))"},
      {Function::kQuarterStart, {kA}, R"(make_date("a" / 4, "a" % 4 * 3 + 1, 1))"},
      {Function::kDayOfWeek, {kA}, R"(CAST(date_part('isodow', "a") AS bigint))"},
      {Function::kIsNoNumber, {kA}, R"((("a" <= CAST('infinity' AS float8)) IS NOT TRUE))"},
      {Function::kRatio, {kA, kB}, R"((CAST("a" AS float8) / NULLIF(CAST("b" AS float8), 0)))"},
      {Function::kWhole, {kA}, R"(CAST("a" AS numeric(1000, 0)))"},
      {Function::kBinNumber,
       {kA, number(250)},
       R"((CASE WHEN abs(CAST("a" AS float8)) < 9e18 * $1 THEN CAST(floor("a" / $1) AS bigint) END))"},
      {Function::kMonthNumber,
       {kA},
       R"((CASE WHEN "a" >= DATE '0001-01-01' AND "a" < DATE 'infinity' THEN CAST()"
       R"(date_part('year', "a") * 12 + date_part('month', "a") - 1 AS integer) END))"},
      {Function::kMonthStart, {kA}, R"(make_date("a" / 12, "a" % 12 + 1, 1))"},
      {Function::kYearNumber,
       {kA},
       R"((CASE WHEN "a" >= DATE '0001-01-01' AND "a" < DATE 'infinity' THEN CAST()"
       R"(date_part('year', "a") AS integer) END))"},
      {Function::kHourOfDay, {kA}, R"(CAST(date_part('hour', "a") AS bigint))"}};
  for (const auto& [function, arguments, text] : calls) {
    EXPECT_EQ(text_of(call(function, arguments), Dialect::kPostgres), text);
  }
  EXPECT_EQ(text_of(null_of(model::ValueType::kNumeric), Dialect::kPostgres),
            "CAST(NULL AS float8)");
}

TEST(Render, TextThatPostgresHoldsIsComparedByteForByte) {
  const Expression text = stored_column("a", model::ValueType::kString);
  const Expression exact = bound(std::string("x"));
  const auto postgres = [&](Function function, std::vector<Expression> arguments) {
    return text_of(call(function, std::move(arguments)), Dialect::kPostgres);
  };
  EXPECT_EQ(text_of(text, Dialect::kPostgres), R"((CAST("a" AS text) COLLATE "C"))");
  EXPECT_EQ(text_of(text), R"("a")");
  EXPECT_EQ(text_of(stored_column("a", model::ValueType::kDate), Dialect::kPostgres), R"("a")");
  EXPECT_EQ(postgres(Function::kEqual, {text, exact}),
            R"(((CAST("a" AS text) = $1) AND ((CAST("a" AS text) COLLATE "C") = $1)))");
  EXPECT_EQ(
      postgres(Function::kIn, {text, exact, bound(std::string("y"))}),
      R"(((CAST("a" AS text) IN ($1, $2)) AND ((CAST("a" AS text) COLLATE "C") IN ($1, $2))))");
  EXPECT_EQ(postgres(Function::kDifferent, {text, exact}),
            R"(((CAST("a" AS text) COLLATE "C") <> $1))");
  EXPECT_EQ(postgres(Function::kEqual, {text}), "refused");
  EXPECT_EQ(postgres(Function::kIn, {text}), "refused");
}

TEST(Render, WritesNoSqlTableForPostgres) {
  EXPECT_FALSE(render(Select{{{kA, "a"}}, SqlTable{"SELECT 1 AS a"}}, Dialect::kPostgres).ok());
}

TEST(Render, NamesATableOfPostgresWithItsSchema) {
  const auto from = [](const std::string& table) {
    const auto rendered = render(Select{{{kA, "a"}}, PhysicalTable{table}}, Dialect::kPostgres);
    return rendered ? rendered->text.substr(std::string(R"(SELECT "a" AS "a" FROM )").size())
                    : std::string("refused");
  };
  EXPECT_EQ(from("orders"), R"("public"."orders")");
  EXPECT_EQ(from("shop.orders"), R"("shop"."orders")");
  EXPECT_EQ(from("public.a.b"), R"("public"."a.b")");
  EXPECT_EQ(from(R"(s"; x.t"y)"), R"("s""; x"."t""y")");
  EXPECT_EQ(from(std::string(64, 'x')), "refused");
  EXPECT_EQ(from(std::string("a\0b", 3)), "refused");
}

TEST(Render, BindsNoMoreValuesThanPostgresTakes) {
  std::vector<Expression> values{stored_column("a", model::ValueType::kString)};
  for (std::size_t i = 0; i < kPostgresArgumentsMax; ++i) {
    values.push_back(bound(std::to_string(i)));
  }
  const auto most = render(Select{{{kA, "a"}}, PhysicalTable{"t"}, call(Function::kIn, values)},
                           Dialect::kPostgres);
  ASSERT_TRUE(most.ok());
  EXPECT_EQ(most->arguments.size(), kPostgresArgumentsMax);
  values.push_back(bound(std::string("more")));
  const Select over{{{kA, "a"}}, PhysicalTable{"t"}, call(Function::kIn, values)};
  const auto refused = render(over, Dialect::kPostgres);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::Code::kQueryTooLarge);
  EXPECT_TRUE(render(over, Dialect::kDuckDb).ok());
}

TEST(Render, WritesNullOfEveryType) {
  using model::ValueType;
  EXPECT_EQ(text_of(null_of(ValueType::kString)), "CAST(NULL AS VARCHAR)");
  EXPECT_EQ(text_of(null_of(ValueType::kInteger)), "CAST(NULL AS BIGINT)");
  EXPECT_EQ(text_of(null_of(ValueType::kNumeric)), "CAST(NULL AS DOUBLE)");
  EXPECT_EQ(text_of(null_of(ValueType::kBoolean)), "CAST(NULL AS BOOLEAN)");
  EXPECT_EQ(text_of(null_of(ValueType::kDate)), "CAST(NULL AS DATE)");
  EXPECT_EQ(text_of(null_of(ValueType::kDatetime)), "CAST(NULL AS TIMESTAMP)");
}

TEST(Render, KeepsTheStatementOfASqlTableOnLinesOfItsOwn) {
  const auto rendered =
      render(Select{{{kA, "a"}}, SqlTable{"SELECT 1 AS a -- end"}}, Dialect::kDuckDb);
  ASSERT_TRUE(rendered.ok());
  EXPECT_EQ(rendered->text, "SELECT \"a\" AS \"a\" FROM (\nSELECT 1 AS a -- end\n) AS \"s\"");
}

TEST(Render, RefusesEveryFunctionWithAnotherNumberOfArguments) {
  for (int i = 0; i <= static_cast<int>(Function::kHourOfDay); ++i) {
    const auto function = static_cast<Function>(i);
    const bool many = function == Function::kAnd || function == Function::kOr ||
                      function == Function::kIn || function == Function::kNotIn;
    if (function != Function::kCount) {
      EXPECT_EQ(text_of(call(function, {})), "refused") << i;
    }
    if (!many) {
      EXPECT_EQ(text_of(call(function, {kA, kA, kA})), "refused") << i;
    }
  }
  EXPECT_EQ(text_of(call(Function::kCount, {kA})), "refused");
  EXPECT_EQ(text_of(call(Function::kIn, {kA})), "refused");
  EXPECT_EQ(text_of(call(Function::kEqual, {kA})), "refused");
  EXPECT_EQ(text_of(call(Function::kSum, {kA, kB})), "refused");
}

TEST(Render, RefusesWhatIsMissingAnywhere) {
  EXPECT_EQ(text_of(nullptr), "refused");
  EXPECT_EQ(text_of(call(Function::kSum, {nullptr})), "refused");
  EXPECT_EQ(text_of(call(Function::kAnd, {kA, call(Function::kIn, {kA})})), "refused");
}

TEST(Render, QuotesNamesSoThatNoneEndsItsQuotes) {
  EXPECT_EQ(text_of(column(R"(a"b)")), R"("a""b")");
  EXPECT_EQ(text_of(column(R"("; DROP TABLE t; --)")), R"("""; DROP TABLE t; --")");
  EXPECT_EQ(text_of(column("SELECT")), R"("SELECT")");
  EXPECT_EQ(text_of(column("")), R"("")");
  const auto rendered =
      render(Select{{{kA, R"(x" FROM secrets --)"}}, PhysicalTable{R"(t"u)"}}, Dialect::kDuckDb);
  ASSERT_TRUE(rendered.ok());
  EXPECT_EQ(rendered->text, R"(SELECT "a" AS "x"" FROM secrets --" FROM "t""u")");
}

TEST(Render, ValuesAreBoundAndNeverText) {
  const std::string evil = "'; DROP TABLE t; --";
  const auto rendered =
      render(Select{{{kA, "a"}}, PhysicalTable{"t"}, call(Function::kEqual, {kA, bound(evil)})},
             Dialect::kDuckDb);
  ASSERT_TRUE(rendered.ok());
  EXPECT_EQ(rendered->text, R"(SELECT "a" AS "a" FROM "t" WHERE (CAST("a" AS VARCHAR) = $1))");
  EXPECT_THAT(rendered->arguments, ::testing::ElementsAre(Value(evil)));
}

// Or the engine would take the text for a UUID, a time or an interval, of which several texts are
// one.
TEST(Render, WhatIsComparedWithATextIsReadAsText) {
  const Expression text = bound(std::string("x"));
  for (const auto& [function, sign] : std::vector<std::pair<Function, std::string>>{
           {Function::kEqual, " = "}, {Function::kDifferent, " <> "}, {Function::kLess, " < "}}) {
    EXPECT_EQ(text_of(call(function, {kA, text})), "(CAST(\"a\" AS VARCHAR)" + sign + "$1)");
    EXPECT_EQ(text_of(call(function, {kA, number(1)})), "(\"a\"" + sign + "$1)");
  }
  EXPECT_EQ(text_of(call(Function::kIn, {kA, text, text})),
            R"((CAST("a" AS VARCHAR) IN ($1, $1)))");
  EXPECT_EQ(text_of(call(Function::kNotIn, {kA, text})), R"((CAST("a" AS VARCHAR) NOT IN ($1)))");
  EXPECT_EQ(text_of(call(Function::kContains, {kA, text})),
            R"(contains(CAST("a" AS VARCHAR), $1))");
  EXPECT_EQ(text_of(call(Function::kStartsWith, {kA, text})),
            R"(starts_with(CAST("a" AS VARCHAR), $1))");
}

TEST(Render, EqualValuesOfOneTypeShareAPlaceholder) {
  const auto rendered =
      render(Select{{{kA, "a"}},
                    PhysicalTable{"t"},
                    call(Function::kIn, {kA, number(1), number(2), number(1), bound(1.0),
                                         bound(true), bound(std::string("1")), bound(1.0)})},
             Dialect::kDuckDb);
  ASSERT_TRUE(rendered.ok());
  EXPECT_THAT(rendered->text, ::testing::HasSubstr("IN ($1, $2, $1, $3, $4, $5, $3)"));
  EXPECT_THAT(rendered->arguments,
              ::testing::ElementsAre(Value(std::int64_t{1}), Value(std::int64_t{2}), Value(1.0),
                                     Value(true), Value("1")));
}

TEST(Render, ADayAndTheMomentAtItsBeginningAreTwoValues) {
  const auto rendered =
      render(Select{{{kA, "a"}},
                    PhysicalTable{"t"},
                    call(Function::kIn, {kA, bound(model::Date(std::chrono::days(1))),
                                         bound(model::Datetime(std::chrono::days(1)))})},
             Dialect::kDuckDb);
  EXPECT_EQ(rendered->arguments.size(), 2U);
}

TEST(Render, WritesEveryClauseInOrder) {
  const auto inner = std::make_shared<const Select>(
      Select{{{kA, "a"}}, PhysicalTable{"t"}, call(Function::kEqual, {kA, number(7)})});
  const Select outer{{{kA, "a"}, {call(Function::kCount, {}), "n"}},
                     inner,
                     call(Function::kGreater, {kA, number(8)}),
                     {0},
                     {{1, true}, {0, false}},
                     10};
  const auto rendered = render(outer, Dialect::kDuckDb);
  ASSERT_TRUE(rendered.ok());
  EXPECT_EQ(rendered->text,
            R"(SELECT "a" AS "a", count(*) AS "n" FROM )"
            R"((SELECT "a" AS "a" FROM "t" WHERE ("a" = $1)) AS "t" WHERE ("a" > $2) )"
            R"(GROUP BY 1 ORDER BY 2 DESC NULLS LAST, 1 ASC NULLS LAST LIMIT 10)");
  EXPECT_THAT(rendered->arguments,
              ::testing::ElementsAre(Value(std::int64_t{7}), Value(std::int64_t{8})));
}

TEST(Render, WritesAQueryWhoseValuesAreLookedThrough) {
  const auto values = std::make_shared<const Select>(
      Select{{{kB, "b"}}, PhysicalTable{"u"}, call(Function::kEqual, {kB, number(7)})});
  Select plan{{{kA, "a"}}, PhysicalTable{"t"}, among(kA, values)};
  plan.last = call(Function::kIsNotSet, {kA});
  plan.order_by = {{0, true}};
  EXPECT_EQ(render(plan, Dialect::kDuckDb)->text,
            R"(SELECT "a" AS "a" FROM "t" WHERE ("a" IN (SELECT "b" AS "b" FROM "u")"
            R"( WHERE ("b" = $1))) ORDER BY ("a" IS NULL), 1 DESC NULLS LAST)");
  const Select open{{{kB, "b"}}, TableReference{base::TableId("tbl_secret")}};
  plan.where = among(kA, std::make_shared<const Select>(open));
  EXPECT_FALSE(render(plan, Dialect::kDuckDb).ok()) << "a reference inside of it";
  EXPECT_EQ(text_of(among(kA, nullptr)), "refused");
}

TEST(Render, RefusesATableReferenceWhereverItIs) {
  const Select plan{{{kA, "a"}}, TableReference{base::TableId("tbl_secret")}};
  const auto refused = render(plan, Dialect::kDuckDb);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::Code::kInternal);
  EXPECT_THAT(refused.error().what, ::testing::Not(::testing::HasSubstr("tbl_secret")));
  EXPECT_FALSE(
      render(Select{{{kA, "a"}}, std::make_shared<const Select>(plan)}, Dialect::kDuckDb).ok());
}

TEST(Render, TheSameTreeGivesTheSameText) {
  const Select plan{{{kA, "a"}}, PhysicalTable{"t"}, call(Function::kIn, {kA, number(1)})};
  EXPECT_EQ(render(plan, Dialect::kDuckDb)->text, render(plan, Dialect::kDuckDb)->text);
}

}  // namespace
}  // namespace sql
