#include "auth/claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace auth {
namespace {

using model::Access;
using model::ValueType;

base::json::value parsed(std::string_view text) { return base::parse_json(text).value(); }

std::optional<model::AttributeValue> read(std::string_view json, ValueType type, bool list) {
  return parse_attribute_value(parsed(json),
                               {base::AttributeId("atr_1"), "name", type, list, false});
}

model::Permissions permissions_of(std::string_view json, std::string& problem) {
  const base::json::value body = base::json::object();
  base::ObjectReader parent(body, "");
  const model::Permissions permissions =
      model::read_permissions(parsed(json), "permissions", parent);
  const auto finished = parent.finish();
  problem = finished ? "" : finished.error().field;
  return permissions;
}

TEST(AttributeValue, AScalarHasOneValueOfItsType) {
  const auto value = read(R"("Paris")", ValueType::kString, false);
  ASSERT_TRUE(value.has_value());
  EXPECT_FALSE(value->list);
  EXPECT_THAT(value->values, ::testing::ElementsAre(model::Value("Paris")));
  EXPECT_EQ(read("1", ValueType::kString, false), std::nullopt);
  EXPECT_EQ(read(R"(["Paris"])", ValueType::kString, false), std::nullopt);
  EXPECT_EQ(read("null", ValueType::kString, false), std::nullopt);
}

TEST(AttributeValue, AListHasOnlyValuesOfItsType) {
  EXPECT_EQ(read("[1,2,3]", ValueType::kInteger, true)->values.size(), 3U);
  EXPECT_EQ(read("[]", ValueType::kInteger, true)->values.size(), 0U);
  EXPECT_EQ(read("[1,null]", ValueType::kInteger, true), std::nullopt);
  EXPECT_EQ(read(R"([1,"2"])", ValueType::kInteger, true), std::nullopt);
  EXPECT_EQ(read("1", ValueType::kInteger, true), std::nullopt);
  EXPECT_EQ(read("null", ValueType::kInteger, true), std::nullopt);
}

TEST(AttributeValue, AListHasAtMost1000Values) {
  std::string list = "[1";
  for (int i = 1; i < 1000; ++i) list += ",1";
  EXPECT_TRUE(read(list + "]", ValueType::kInteger, true).has_value());
  EXPECT_EQ(read(list + ",1]", ValueType::kInteger, true), std::nullopt);
}

TEST(Permissions, AreOffUntilGranted) {
  std::string problem;
  const model::Permissions none = permissions_of("{}", problem);
  EXPECT_EQ(problem, "");
  EXPECT_EQ(none.dashboard, Access::kNone);
  EXPECT_EQ(none.chart, Access::kNone);
  EXPECT_EQ(none.database, Access::kNone);
  EXPECT_FALSE(none.ai_query);
  EXPECT_FALSE(none.chart_export);
}

TEST(Permissions, ToExportIsAWordOfItsOwn) {
  std::string problem;
  const auto chart = [&](const std::string& words) {
    return permissions_of("{\"chart\":" + words + "}", problem);
  };
  EXPECT_FALSE(chart(R"(["can_view","can_edit"])").chart_export) << "nothing else includes it";
  EXPECT_EQ(chart(R"(["can_export"])").chart, Access::kNone) << "nor does it include anything";
  const model::Permissions both = chart(R"(["can_export","can_view"])");
  EXPECT_TRUE(both.chart_export);
  EXPECT_EQ(both.chart, Access::kView);
  EXPECT_EQ(problem, "");
  EXPECT_EQ(base::render_json(model::render_permissions(both, {})),
            R"({"chart":["can_view","can_export"]})");
  EXPECT_EQ(base::render_json(model::render_permissions(chart(R"("can_export")"), {})),
            R"({"chart":["can_export"]})");
  EXPECT_FALSE(model::view_permissions().chart_export);
  for (const std::string kind : {"dashboard", "database", "ai"}) {
    problem.clear();
    (void)permissions_of("{\"" + kind + "\":\"can_export\"}", problem);
    EXPECT_EQ(problem, "permissions." + kind);
  }
}

TEST(Permissions, EditIncludesViewWhateverTheOrder) {
  std::string problem;
  EXPECT_EQ(permissions_of(R"({"chart":["can_edit","can_view"]})", problem).chart, Access::kEdit);
  EXPECT_EQ(permissions_of(R"({"chart":["can_view","can_edit"]})", problem).chart, Access::kEdit);
  EXPECT_EQ(permissions_of(R"({"chart":"can_view"})", problem).chart, Access::kView);
  EXPECT_TRUE(permissions_of(R"({"ai":"can_query"})", problem).ai_query);
  EXPECT_EQ(problem, "");
}

TEST(Permissions, NameTheFieldAtFault) {
  std::string problem;
  (void)permissions_of(R"({"chart":"can_view","dashboard":["can_view","own"]})", problem);
  EXPECT_EQ(problem, "permissions.dashboard");
  (void)permissions_of(R"({"root":"can_view"})", problem);
  EXPECT_EQ(problem, "permissions.root");
  (void)permissions_of(R"("can_view")", problem);
  EXPECT_EQ(problem, "permissions");
}

}  // namespace
}  // namespace auth
