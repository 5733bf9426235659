// What a key may give at most: each refusal beside what is given.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/auth_test_support.h"

namespace auth {
namespace {

using model::Access;
using model::Environment;
using model::Role;

class KeyLimitsMint : public AuthTest {
 protected:
  KeyLimitsMint() {
    register_attribute(
        {base::AttributeId("atr_1"), "state", model::ValueType::kString, false, false});
    register_attribute(
        {base::AttributeId("atr_2"), "level", model::ValueType::kInteger, false, false});
    key_.limits = model::default_key_limits();
  }

  [[nodiscard]] std::string mint(const std::string& body) {
    return outcome_of(mint_.mint(key_, body));
  }
  [[nodiscard]] base::json::object minted(const std::string& body) {
    return claims_of(mint_token(key_, body));
  }
  [[nodiscard]] static std::string body(const std::string& rest) {
    return R"({"user":{"distinctId":"u"})" + rest + "}";
  }

  model::ApiKey key_ = issue_key("key_1", mine_, Environment::kSandbox).key;
};

TEST_F(KeyLimitsMint, Permissions) {
  EXPECT_EQ(mint(body(R"(,"permissions":{"dashboard":"can_view"})")), "ok");
  EXPECT_EQ(mint(body(R"(,"permissions":{"dashboard":"can_edit"})")),
            "key_limit permissions.dashboard");
  EXPECT_EQ(mint(body(R"(,"permissions":{"chart":["can_view","can_edit"]})")),
            "key_limit permissions.chart");
  EXPECT_EQ(mint(body(R"(,"permissions":{"chart":["can_view","can_export"]})")),
            "key_limit permissions.chart");
  EXPECT_EQ(mint(body(R"(,"permissions":{"database":"can_view"})")),
            "key_limit permissions.database");
  EXPECT_EQ(mint(body(R"(,"permissions":{"ai":"can_query"})")), "key_limit permissions.ai");
}

TEST_F(KeyLimitsMint, WhatIsLeftOutIsNeverMoreThanTheKey) {
  key_.limits.permissions = {Access::kNone, Access::kView, Access::kNone, false};
  key_.limits.resources = {true, false, {base::DashboardId("dsh_mine")}, {}};
  key_.limits.origins = {"https://one.example"};
  key_.limits.lifetime_max = std::chrono::minutes(5);
  const base::json::object claims = minted(body(""));
  EXPECT_EQ(claims.at("permissions"), base::parse_json(R"({"chart":["can_view"]})").value());
  EXPECT_EQ(claims.at("resources"), base::parse_json(R"({"dashboards":["dsh_mine"]})").value());
  EXPECT_EQ(claims.at("origins"), base::parse_json(R"(["https://one.example"])").value());
  EXPECT_EQ(claims.at("exp").as_int64() - claims.at("iat").as_int64(), 300);
}

TEST_F(KeyLimitsMint, Resources) {
  key_.limits.resources.dashboards_narrowed = true;
  EXPECT_EQ(mint(body(R"(,"resources":{"dashboards":[]})")), "ok");
  EXPECT_EQ(mint(body(R"(,"resources":{"dashboards":["dsh_mine"]})")),
            "key_limit resources.dashboards");
  EXPECT_EQ(mint(body(R"(,"resources":{"charts":["cht_mine"]})")), "ok");
  key_.limits.resources.charts_narrowed = true;
  EXPECT_EQ(mint(body(R"(,"resources":{"charts":["cht_mine"]})")), "key_limit resources.charts");
}

TEST_F(KeyLimitsMint, Origins) {
  key_.limits.origins = {"https://one.example"};
  EXPECT_EQ(mint(body(R"(,"origins":["https://ONE.example:443"])")), "ok");
  EXPECT_EQ(mint(body(R"(,"origins":["https://two.example"])")), "key_limit origins");
  EXPECT_EQ(mint(body(R"(,"origins":["https://one.example","https://one.example.evil.com"])")),
            "key_limit origins");
}

TEST_F(KeyLimitsMint, RolesAndLifetime) {
  EXPECT_EQ(mint(R"({"user":{"distinctId":"u","role":"maker"}})"), "key_limit user.role");
  EXPECT_EQ(mint(R"({"user":{"distinctId":"u","role":"admin"}})"), "invalid_body user.role");
  key_.limits.roles = {Role::kMaker};
  EXPECT_EQ(mint(body("")), "key_limit user.role") << "explorer is what is left out";
  key_.limits.roles = {Role::kExplorer};
  key_.limits.lifetime_max = std::chrono::minutes(5);
  EXPECT_EQ(mint(body(R"(,"expiresIn":"5m")")), "ok");
  EXPECT_EQ(mint(body(R"(,"expiresIn":"301s")")), "key_limit expiresIn");
}

TEST_F(KeyLimitsMint, AFixedAttributeIsInEveryTokenAndNoOther) {
  key_.limits.attributes = {{"state", "TX"}};
  EXPECT_EQ(minted(body("")).at("attributes"), base::parse_json(R"({"state":"TX"})").value());
  EXPECT_EQ(minted(R"({"user":{"distinctId":"u","attributes":{"state":"TX","level":3}}})")
                .at("attributes"),
            base::parse_json(R"({"state":"TX","level":3})").value());
  for (const std::string other : {R"("CA")", R"("tx")", "null", R"(["TX","CA"])", "\"\""}) {
    EXPECT_EQ(mint(R"({"user":{"distinctId":"u","attributes":{"state":)" + other + "}}}"),
              "key_limit user.attributes.state")
        << other;
  }
}

TEST_F(KeyLimitsMint, AFixedAttributeThatIsNoLongerRegisteredMintsNothing) {
  key_.limits.attributes = {{"gone", "TX"}};
  EXPECT_EQ(mint(body("")), "attribute_unregistered user.attributes.gone");
}

TEST_F(KeyLimitsMint, AnEndedParentEndsTheTokensOfItsChildren) {
  const IssuedKey parent = issue_key("key_parent", mine_, Environment::kSandbox);
  model::ApiKey child = store::make_api_key("key_child", mine_, Environment::kSandbox);
  child.parent = parent.key.id;
  const IssuedKey issued = issue_key(child);
  const std::string token = mint_token(issued.key, body(""));
  EXPECT_EQ(outcome_of(verifier_.verify(token, std::nullopt)), "ok");
  EXPECT_EQ(outcome_of(api_keys_.authenticate(issued.secret, model::Scope::kMint)), "ok");
  revoke(parent.key);
  EXPECT_EQ(outcome_of(verifier_.verify(token, std::nullopt)), "token_key_revoked");
  EXPECT_EQ(outcome_of(api_keys_.authenticate(issued.secret, model::Scope::kMint)),
            "api_key_revoked x-api-key");
}

}  // namespace
}  // namespace auth
