// What of a token's state decides: times, its key, its organization, its origin. What its text must
// be is in token_forgery_test.cc.

#include "auth/token_verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/auth_test_support.h"

namespace auth {
namespace {

using model::Access;
using model::Environment;
using model::ValueType;

const std::string kBody = R"({"user":{"distinctId":"user-123"}})";

class TokenVerifierTest : public AuthTest {
 protected:
  [[nodiscard]] std::string verify(const std::string& token,
                                   std::optional<std::string_view> origin = std::nullopt) {
    return outcome_of(verifier_.verify(token, origin));
  }

  /// `token` with `change` made to its claims, signed by the key that signed it.
  template <typename Change>
  [[nodiscard]] std::string resign(const std::string& token, Change change) {
    base::json::object claims = claims_of(token);
    change(claims);
    const SigningKey key = signing_key(mine_, key_.key.environment);
    return sign_texts(base::render_json(header_of(token)), base::render_json(claims),
                      key.private_key);
  }
  /// A token of these times, relative to now.
  [[nodiscard]] std::string token_of_times(std::int64_t iat, std::int64_t nbf, std::int64_t exp) {
    return resign(mint_token(key_.key, kBody), [&](base::json::object& claims) {
      const std::int64_t now = claims["iat"].as_int64();
      claims["iat"] = now + iat;
      claims["nbf"] = now + nbf;
      claims["exp"] = now + exp;
    });
  }

  IssuedKey key_ = issue_key("key_1", mine_, Environment::kSandbox);
};

TEST_F(TokenVerifierTest, AnActiveTokenGivesItsPrincipal) {
  register_attribute({base::AttributeId("atr_1"), "location", ValueType::kString, false, false});
  const auto principal =
      verifier_.verify(mint_token(key_.key, R"({"user":{"distinctId":"user-123","role":"maker",
        "attributes":{"location":"Paris"}},"permissions":{"chart":"can_edit"},
        "resources":{"dashboards":["dsh_mine"]}})"),
                       std::nullopt);
  ASSERT_TRUE(principal.ok()) << principal.error().what;
  EXPECT_EQ(principal->organization(), mine_);
  EXPECT_EQ(principal->role(), model::Role::kMaker);
  EXPECT_FALSE(principal->user().has_value());
  ASSERT_TRUE(principal->embed().has_value());
  const model::EmbedIdentity& embed = *principal->embed();
  EXPECT_EQ(embed.distinct_id, "user-123");
  EXPECT_EQ(embed.api_key, key_.key.id);
  EXPECT_EQ(embed.environment, Environment::kSandbox);
  EXPECT_EQ(embed.expires_at, kNow + std::chrono::hours(1));
  EXPECT_EQ(embed.permissions.dashboard, Access::kNone);
  EXPECT_EQ(embed.permissions.chart, Access::kEdit);
  EXPECT_TRUE(embed.resources.dashboards_narrowed);
  EXPECT_FALSE(embed.resources.charts_narrowed);
  EXPECT_THAT(embed.resources.dashboards, ::testing::ElementsAre(base::DashboardId("dsh_mine")));
  ASSERT_EQ(embed.attributes.size(), 1U);
  EXPECT_THAT(embed.attributes.at("location").values,
              ::testing::ElementsAre(model::Value("Paris")));
}

TEST_F(TokenVerifierTest, ExpiresAtTheSecondItSays) {
  const std::string token = mint_token(key_.key, kBody);
  clock_.advance(std::chrono::hours(1) - std::chrono::seconds(1));
  EXPECT_EQ(verify(token), "ok");
  clock_.advance(std::chrono::seconds(1));
  EXPECT_EQ(verify(token), "token_expired");
  clock_.advance(std::chrono::minutes(3));
  EXPECT_EQ(verifier_.verify(token, std::nullopt).error().what, "The token expired 3 min ago.");
}

TEST_F(TokenVerifierTest, IsNotValidBeforeItsTimeExceptForTheSkewOfClocks) {
  EXPECT_EQ(verify(token_of_times(0, 30, 3600)), "ok");
  EXPECT_EQ(verify(token_of_times(0, 31, 3600)), "token_not_yet_valid");
  EXPECT_EQ(verify(token_of_times(30, 0, 3600)), "ok");
  EXPECT_EQ(verify(token_of_times(31, 0, 3600)), "token_not_yet_valid");
}

TEST_F(TokenVerifierTest, RefusesLifetimesThatTheServerDoesNotAllow) {
  EXPECT_EQ(verify(token_of_times(0, 0, 86400)), "ok");
  EXPECT_EQ(verify(token_of_times(0, 0, 86401)), "token_lifetime");
  EXPECT_EQ(verify(token_of_times(-86400, 0, 10)), "token_lifetime");
  EXPECT_EQ(verify(token_of_times(0, 0, 0)), "token_lifetime");
  EXPECT_EQ(verify(token_of_times(10, 0, 5)), "token_lifetime");
}

TEST_F(TokenVerifierTest, TheLastSecondOfTheCalendarOverflowsNothing) {
  const std::string token = resign(mint_token(key_.key, kBody), [](base::json::object& claims) {
    claims["exp"] = 253'402'300'799;
    claims["iat"] = 0;
  });
  EXPECT_EQ(verify(token), "token_lifetime");
}

TEST_F(TokenVerifierTest, ATokenDiesWithItsKeyThoughItWasBelievedBefore) {
  const std::string token = mint_token(key_.key, kBody);
  ASSERT_EQ(verify(token), "ok");
  revoke(key_.key);
  EXPECT_EQ(verify(token), "token_key_revoked");
}

TEST_F(TokenVerifierTest, ATokenDiesWithAKeyThatAnotherProcessRevoked) {
  const std::string token = mint_token(key_.key, kBody);
  ASSERT_EQ(verify(token), "ok");
  const auto other = store::expect_value(store::Store::open(store_.folder().path()));
  ASSERT_TRUE(other
                  ->write([&](store::Connection& connection) {
                    return store::revoke_api_key(connection, mine_, key_.key.id, kNow);
                  })
                  .ok());
  store_.get().notice_foreign_changes();
  EXPECT_EQ(verify(token), "token_key_revoked");
}

TEST_F(TokenVerifierTest, ATokenDoesNotOutliveItsKeysExpiry) {
  model::ApiKey key = store::make_api_key("key_2", mine_, Environment::kSandbox);
  key.expires_at = kNow + std::chrono::seconds(60);
  const std::string token = mint_token(issue_key(key).key, kBody);
  EXPECT_EQ(verify(token), "ok");
  clock_.advance(std::chrono::seconds(60));
  EXPECT_EQ(verify(token), "token_key_revoked");
}

TEST_F(TokenVerifierTest, ATokenOfAnotherTokenNeedsItsOwnKeyToExist) {
  for (const std::string akid : {"key_none", "key_foreign", "key_live"}) {
    if (akid == "key_foreign") issue_key(akid, theirs_, Environment::kSandbox);
    if (akid == "key_live") issue_key(akid, mine_, Environment::kProduction);
    const std::string token = resign(mint_token(key_.key, kBody),
                                     [&](base::json::object& claims) { claims["akid"] = akid; });
    EXPECT_EQ(verify(token), "token_key_revoked") << akid;
  }
}

TEST_F(TokenVerifierTest, AnInactiveOrganizationEndsItsTokens) {
  const std::string token = mint_token(key_.key, kBody);
  ASSERT_EQ(verify(token), "ok");
  store_.write([](store::Connection& connection) {
    return connection.run_script("UPDATE organizations SET active = 0 WHERE id = 'org_mine'");
  });
  EXPECT_EQ(verify(token), "organization_inactive");
}

TEST_F(TokenVerifierTest, ChecksInTheOrderInWhichAnAnswerHelps) {
  const std::string token = mint_token(key_.key, kBody);
  std::string altered = token;
  altered.back() = altered.back() == 'A' ? 'B' : 'A';
  altered[altered.size() - 5] = altered[altered.size() - 5] == 'A' ? 'B' : 'A';
  clock_.advance(std::chrono::hours(2));
  EXPECT_EQ(verify(token, "https://evil.example"), "token_expired");
  revoke(key_.key);
  EXPECT_EQ(verify(token, "https://evil.example"), "token_key_revoked");
  EXPECT_THAT(verify(altered), ::testing::AnyOf("token_signature_invalid", "token_malformed"));
}

TEST_F(TokenVerifierTest, TheOriginHasToBeAllowed) {
  authorize_origin("https://staging.example", Environment::kSandbox);
  authorize_origin("https://app.example", Environment::kProduction);
  const std::string token = mint_token(key_.key, kBody);
  EXPECT_EQ(verify(token, "https://staging.example"), "ok");
  EXPECT_EQ(verify(token, "http://localhost:5173"), "ok");
  EXPECT_EQ(verify(token, "https://aracari.example"), "ok");
  EXPECT_EQ(verify(token, "https://app.example"), "origin_not_authorized https://app.example");
  EXPECT_EQ(verify(token, "null"), "origin_not_authorized null");
}

TEST_F(TokenVerifierTest, AProductionTokenDoesNotWorkOnLocalhostOrSandboxOrigins) {
  authorize_origin("https://staging.example", Environment::kSandbox);
  authorize_origin("https://app.example", Environment::kProduction);
  const IssuedKey live = issue_key("key_live", mine_, Environment::kProduction);
  const std::string token = mint_token(live.key, kBody);
  EXPECT_EQ(verify(token, "https://app.example"), "ok");
  EXPECT_EQ(verify(token, "http://localhost:5173"), "origin_not_authorized http://localhost:5173");
  EXPECT_EQ(verify(token, "https://staging.example"),
            "origin_not_authorized https://staging.example");
}

TEST_F(TokenVerifierTest, OriginsOfTheTokenBindIt) {
  authorize_origin("https://one.example", Environment::kSandbox);
  authorize_origin("https://two.example", Environment::kSandbox);
  const std::string token =
      mint_token(key_.key, R"({"user":{"distinctId":"u"},"origins":["https://two.example"]})");
  EXPECT_EQ(verify(token, "https://two.example"), "ok");
  EXPECT_EQ(verify(token, "https://one.example"), "origin_not_authorized https://one.example");
  EXPECT_EQ(verify(token, std::nullopt), "origin_not_authorized");
}

TEST_F(TokenVerifierTest, AnAttributeThatIsNoLongerRegisteredIsNotThere) {
  register_attribute({base::AttributeId("atr_1"), "location", ValueType::kString, false, false});
  register_attribute({base::AttributeId("atr_2"), "level", ValueType::kInteger, false, false});
  const std::string token = mint_token(
      key_.key, R"({"user":{"distinctId":"u","attributes":{"location":"Paris","level":3}}})");
  ASSERT_EQ(verifier_.verify(token, std::nullopt)->embed()->attributes.size(), 2U);
  store_.write([&](store::Connection& connection) {
    return store::delete_token_attribute(connection, mine_, base::AttributeId("atr_1"));
  });
  store_.write([&](store::Connection& connection) {
    return store::delete_token_attribute(connection, mine_, base::AttributeId("atr_2"));
  });
  register_attribute({base::AttributeId("atr_3"), "level", ValueType::kString, false, false});
  EXPECT_THAT(verifier_.verify(token, std::nullopt)->embed()->attributes, ::testing::IsEmpty());
}

TEST_F(TokenVerifierTest, AnAttributeThatIsNullOrOfAnotherTypeIsNotThere) {
  register_attribute({base::AttributeId("atr_1"), "location", ValueType::kString, false, false});
  for (const std::string value : {"null", "75", "[]", R"(["Paris"])", R"("a\u0000")"}) {
    const std::string token = resign(mint_token(key_.key, kBody), [&](base::json::object& claims) {
      claims["attributes"].as_object()["location"] = base::parse_json(value).value();
    });
    const auto principal = verifier_.verify(token, std::nullopt);
    ASSERT_TRUE(principal.ok()) << value;
    EXPECT_THAT(principal->embed()->attributes, ::testing::IsEmpty()) << value;
  }
}

TEST_F(TokenVerifierTest, AFloodOfTokensDoesNotPushOutOneThatIsUsed) {
  const std::string used = mint_token(key_.key, kBody);
  ASSERT_TRUE(verifier_.inspect(used).active());
  for (std::size_t flood = 0; flood < kVerifiedTokensKept + 10; ++flood) {
    ASSERT_TRUE(verifier_.inspect(mint_token(key_.key, kBody)).active());
    if (flood % 1000 != 0) continue;
    ASSERT_TRUE(verifier_.inspect(used).active());
  }
  EXPECT_TRUE(verifier_.is_at_hand(used));
}

TEST_F(TokenVerifierTest, ASandboxTokenIsRefusedOnAProductionOriginThatIsListedForBoth) {
  const std::string token = mint_token(key_.key, kBody);
  authorize_origin("https://app.example.com", Environment::kSandbox);
  EXPECT_EQ(verify(token, "https://app.example.com"), "ok");
  authorize_origin("https://*.example.com", Environment::kProduction);
  EXPECT_EQ(verify(token, "https://app.example.com"),
            "origin_not_authorized https://app.example.com");
}

TEST_F(TokenVerifierTest, InspectionTellsWhoSignedWhatEvenWhenItIsOver) {
  const std::string token = mint_token(key_.key, kBody);
  clock_.advance(std::chrono::hours(2));
  const Inspection over = verifier_.inspect(token);
  ASSERT_NE(over.authentic, nullptr);
  EXPECT_EQ(over.authentic->organization, mine_);
  ASSERT_NE(over.api_key, nullptr);
  EXPECT_EQ(over.api_key->key.id, key_.key.id);
  ASSERT_EQ(over.reasons.size(), 1U);
  EXPECT_EQ(over.reasons[0].code, base::Code::kTokenExpired);
  const Inspection foreign = verifier_.inspect("a.b.c");
  EXPECT_EQ(foreign.authentic, nullptr);
  EXPECT_EQ(foreign.api_key, nullptr);
  EXPECT_EQ(foreign.reasons.size(), 1U);
  EXPECT_FALSE(foreign.active());
}

}  // namespace
}  // namespace auth
