#include "auth/introspection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/auth_test_support.h"

namespace auth {
namespace {

class IntrospectionTest : public AuthTest {
 protected:
  [[nodiscard]] static IntrospectionReach reach(const base::OrgId& organization) {
    return {organization, std::nullopt, std::nullopt};
  }
  [[nodiscard]] std::string for_machines(const base::OrgId& organization,
                                         const std::string& token) {
    return base::render_json(introspect_for_machines(verifier_, reach(organization), token));
  }
  [[nodiscard]] base::json::object explain(const base::OrgId& organization,
                                           const std::string& token) {
    return explain_token(verifier_, reach(organization), *views_.get(organization).value(), token,
                         clock_.now())
        .as_object();
  }

  model::ApiKey key_ = issue_key("key_1", mine_, model::Environment::kSandbox).key;
  std::string token_ = mint_token(key_, R"({"user":{"distinctId":"user-123"}})");
};

TEST_F(IntrospectionTest, AnActiveTokenTellsItsClaims) {
  base::json::value expected(claims_of(token_));
  expected.as_object()["active"] = true;
  expected.as_object()["token_type"] = "Bearer";
  EXPECT_EQ(introspect_for_machines(verifier_, reach(mine_), token_), expected);
}

TEST_F(IntrospectionTest, EveryOtherTokenIsOnlyNotActive) {
  const std::string kInactive = R"({"active":false})";
  EXPECT_EQ(for_machines(mine_, ""), kInactive);
  EXPECT_EQ(for_machines(mine_, "a.b.c"), kInactive);
  EXPECT_EQ(for_machines(mine_, token_ + "A"), kInactive);
  EXPECT_EQ(for_machines(theirs_, token_), kInactive);
  clock_.advance(std::chrono::hours(2));
  EXPECT_EQ(for_machines(mine_, token_), kInactive);
  revoke(key_);
  EXPECT_EQ(for_machines(mine_, token_), kInactive);
}

TEST_F(IntrospectionTest, AnActiveTokenIsExplained) {
  clock_.advance(std::chrono::minutes(10));
  const base::json::object answer = explain(mine_, token_);
  EXPECT_EQ(answer.at("active"), true);
  EXPECT_EQ(answer.at("verdict"), "Active, 50 min left.");
  EXPECT_TRUE(answer.at("code").is_null());
  EXPECT_EQ(answer.at("claims"), base::json::value(claims_of(token_)));
  EXPECT_EQ(answer.at("issuedAt"), "2026-01-01T00:00:00Z");
  EXPECT_EQ(answer.at("expiresAt"), "2026-01-01T01:00:00Z");
  EXPECT_EQ(answer.at("secondsLeft"), 3000);
  EXPECT_EQ(base::render_json(answer.at("apiKey")),
            R"({"id":"key_1","name":"Backend key_1","lastFour":"wxyz","environment":"sandbox",)"
            R"("status":"active","parentName":null,"expiresAt":null,"revokedAt":null})");
}

TEST_F(IntrospectionTest, ChartsAreReachedByThemselvesAndThroughTheirDashboards) {
  store_.write([&](store::Connection& connection) -> base::Result<base::Done> {
    model::Dashboard dashboard = store::make_dashboard("dsh_tiled");
    dashboard.tiles.push_back({base::ChartId("cht_tiled"), 0, 0, 1, 1});
    RETURN_IF_ERROR(store::insert_shared_chart(connection, mine_, "tiled"));
    return store::insert_dashboard(connection, mine_, dashboard);
  });
  const auto reached = [&](const std::string& more) {
    const std::string token = mint_token(key_, R"({"user":{"distinctId":"user-123"})" + more + "}");
    const base::json::object answer = explain(mine_, token);
    std::string ids;
    for (const std::string_view kind : {"dashboards", "charts"}) {
      ids += kind;
      for (const auto& item : answer.at("reaches").at(kind).as_array()) {
        ids += ' ';
        ids += item.at("id").as_string();
      }
      ids += "; ";
    }
    return ids;
  };
  EXPECT_EQ(reached(""), "dashboards dsh_mine dsh_tiled; charts cht_tiled; ");
  EXPECT_EQ(reached(R"(,"resources":{"dashboards":["dsh_tiled"],"charts":[]})"),
            "dashboards dsh_tiled; charts cht_tiled; ");
  EXPECT_EQ(reached(R"(,"resources":{"dashboards":[],"charts":["cht_mine"]})"),
            "dashboards; charts cht_mine; ");
  EXPECT_EQ(reached(R"(,"permissions":{"dashboard":["can_view"]})"),
            "dashboards dsh_mine dsh_tiled; charts cht_tiled; ");
  EXPECT_EQ(reached(R"(,"permissions":{"chart":["can_view"]})"), "dashboards; charts; ")
      << "on no dashboard that it may see";
  EXPECT_EQ(reached(R"(,"permissions":{"chart":["can_view"]},"resources":{"charts":["cht_mine"]})"),
            "dashboards; charts cht_mine; ");
  EXPECT_EQ(reached(R"(,"permissions":{"dashboard":["can_view"]},)"
                    R"("resources":{"charts":["cht_mine"]})"),
            "dashboards dsh_mine dsh_tiled; charts cht_tiled; ");
  EXPECT_EQ(reached(R"(,"resources":{"dashboards":[],"charts":[]})"), "dashboards; charts; ");
}

TEST_F(IntrospectionTest, AnExpiredTokenIsExplainedWithItsClaims) {
  clock_.advance(std::chrono::minutes(63));
  const base::json::object answer = explain(mine_, token_);
  EXPECT_EQ(answer.at("active"), false);
  EXPECT_EQ(answer.at("code"), "token_expired");
  EXPECT_EQ(answer.at("verdict"), "The token expired 3 min ago.");
  EXPECT_EQ(answer.at("secondsLeft"), 0);
  EXPECT_TRUE(answer.at("claims").is_object());
}

TEST_F(IntrospectionTest, ARevokedKeyIsNamed) {
  revoke(key_);
  clock_.advance(std::chrono::minutes(5));
  const base::json::object answer = explain(mine_, token_);
  EXPECT_EQ(answer.at("code"), "token_key_revoked");
  EXPECT_EQ(answer.at("verdict"),
            "The API key “Backend key_1” that minted the token was revoked 5 min ago.");
  EXPECT_EQ(answer.at("apiKey").at("revokedAt"), "2026-01-01T00:00:00Z");
}

TEST_F(IntrospectionTest, AnAlteredTokenTellsNothingOfItsClaims) {
  std::string altered = token_;
  altered[altered.find('.') + 5] ^= 1;
  const base::json::object answer = explain(mine_, altered);
  EXPECT_EQ(answer.at("code"), "token_signature_invalid");
  EXPECT_TRUE(answer.at("claims").is_null());
  EXPECT_TRUE(answer.at("apiKey").is_null());
  EXPECT_TRUE(answer.at("expiresAt").is_null());
}

TEST_F(IntrospectionTest, AForeignOrganizationsTokenExplainsNoMoreThanAStrangers) {
  const crypto::Ed25519KeyPair stranger = crypto::new_ed25519_key_pair();
  const std::string unknown =
      sign_texts(R"({"alg":"EdDSA","typ":"aracari-embed+jwt","kid":"sig_none"})",
                 base::render_json(claims_of(token_)), stranger.private_key);
  EXPECT_EQ(explain(theirs_, token_), explain(theirs_, unknown));
  revoke(key_);
  EXPECT_EQ(explain(theirs_, token_), explain(theirs_, unknown));
  EXPECT_THAT(base::render_json(explain(theirs_, token_)),
              ::testing::Not(::testing::HasSubstr("key_1")));
}

}  // namespace
}  // namespace auth
