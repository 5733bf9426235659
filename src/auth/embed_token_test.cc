#include "auth/embed_token.h"

#include <gtest/gtest.h>

#include "auth/auth_test_support.h"

namespace auth {
namespace {

class EmbedTokenTest : public AuthTest {};

TEST_F(EmbedTokenTest, APartsIsWhatWasSigned) {
  const model::ApiKey key = issue_key("key_1", mine_, model::Environment::kSandbox).key;
  const std::string token = mint_token(key, R"({"user":{"distinctId":"u"}})");
  const auto parts = parse_jws(token);
  ASSERT_TRUE(parts.ok());
  const SigningKey signer = signing_key(mine_, model::Environment::kSandbox);
  EXPECT_EQ(parts->signing_key_id, signer.id.text());
  EXPECT_EQ(parts->signing_input, token.substr(0, token.rfind('.')));
  EXPECT_EQ(parts->signature.size(), 64U);
  EXPECT_EQ(base::parse_json(parts->payload).value(), base::json::value(claims_of(token)));
  EXPECT_TRUE(crypto::verify_ed25519(parts->signing_input, parts->signature, signer.public_key));
}

TEST_F(EmbedTokenTest, ClaimsComeBackAsTheyWere) {
  const model::ApiKey key = issue_key("key_1", mine_, model::Environment::kProduction).key;
  const std::string token = mint_token(key, R"({"user":{"distinctId":"u","role":"maker"},
    "permissions":{"dashboard":"can_edit","database":"can_view","ai":"can_query"},
    "resources":{"dashboards":["dsh_mine"],"charts":[]},"origins":["https://a.example"]})");
  const base::json::value payload(claims_of(token));
  const auto claims = parse_claims(payload);
  ASSERT_TRUE(claims.ok());
  EXPECT_EQ(render_claims(*claims), payload);
  EXPECT_TRUE(claims->resources.charts_narrowed);
  EXPECT_TRUE(claims->resources.charts.empty());
  EXPECT_EQ(claims->permissions.chart, model::Access::kNone);
  EXPECT_TRUE(claims->permissions.ai_query);
}

}  // namespace
}  // namespace auth
