#include "model/rule_tree.h"

#include <gtest/gtest.h>

namespace model {
namespace {

using Numbers = RuleTree<std::int64_t>;

base::Result<Numbers> parse(const base::json::value& json, const std::string& path) {
  return parse_rule_tree<std::int64_t>(
      json, path,
      [](const base::json::value& leaf, const std::string& place) -> base::Result<std::int64_t> {
        const base::json::value* number = leaf.get_object().if_contains("number");
        if (number != nullptr && number->is_int64()) return number->get_int64();
        return base::Error{base::Code::kInvalidBody, "Is no number.", {}, place};
      });
}

/// The tree of numbers written again, or where it is wrong.
std::string reread(std::string_view text, const std::string& path) {
  const auto tree = parse(base::parse_json(text).value(), path);
  if (!tree) return "refused " + tree.error().field;
  const auto render = [](std::int64_t number) -> base::json::value {
    return base::json::object{{"number", number}};
  };
  return base::render_json(render_rule_tree(*tree, render));
}

TEST(RuleTree, KeepsTheGroupsAsTheyWereDrawn) {
  for (const std::string text :
       {R"({"number":1})", R"({"and":[{"number":1}]})", R"({"or":[{"number":1},{"number":1}]})",
        R"({"and":[{"or":[{"number":1},{"number":2}]},{"or":[{"and":[{"number":3}]}]}]})"}) {
    EXPECT_EQ(reread(text, "rows"), text);
  }
}

TEST(RuleTree, NamesThePlaceOfWhatItRefuses) {
  const std::string inner = R"({"and":[{"number":1},{"or":[{"number":"x"}]}]})";
  EXPECT_EQ(reread(inner, "rows"), "refused rows.and[1].or[0]");
  EXPECT_EQ(reread(inner, ""), "refused and[1].or[0]");
  EXPECT_EQ(reread(R"({"and":[{"number":1},3]})", "rows"), "refused rows.and[1]");
  EXPECT_EQ(reread("[]", "rows"), "refused rows");
}

TEST(RuleTree, AGroupIsOneListOfAtLeastOneNode) {
  EXPECT_EQ(reread(R"({"and":[]})", "rows"), "refused rows.and");
  EXPECT_EQ(reread(R"({"or":{}})", "rows"), "refused rows.or");
  EXPECT_EQ(reread(R"({"and":[{"number":1}],"or":[{"number":1}]})", "rows"), "refused rows.and");
  EXPECT_EQ(reread(R"({"or":[{"number":1}],"number":1})", "rows"), "refused rows.or");
  EXPECT_EQ(reread(R"({"number":1,"or":[{"number":1}]})", "rows"), "refused rows.or");
}

}  // namespace
}  // namespace model
