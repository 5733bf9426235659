#include "auth/embed_token.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <gtest/gtest.h>

#include "auth/auth_test_support.h"

namespace auth {
namespace {

class EmbedTokenTest : public AuthTest {};

TEST_F(EmbedTokenTest, APartsIsWhatWasSigned) {
  const model::ApiKey key = issue_key("key_1", mine_, model::Environment::kSandbox).key;
  const std::string token = mint_token(key, R"({"user":{"distinctId":"u"}})");
  const auto parts = parse_embed_token(token);
  ASSERT_TRUE(parts.ok());
  const SigningKey signer = signing_key(mine_, model::Environment::kSandbox);
  EXPECT_EQ(parts->key_id, signer.id.text());
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

/// Wycheproof's JOSE cases. Where they are not given, those tests are skipped.
class JoseVectors : public AuthTest {
 protected:
  void SetUp() override {
    const char* given = std::getenv("ARACARI_VECTORS");
    const std::string folder = given == nullptr ? "../shared/vectors" : given;
    const std::string file = folder + "/json_web_signature_test.json";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "NO TEST VECTORS: " << file;
    groups_ = base::parse_json(base::read_whole_file(file)).value().at("testGroups");
  }

  template <typename Check>
  void for_each_case(Check check) const {
    for (const base::json::value& group : groups_.as_array()) {
      for (const base::json::value& each : group.at("tests").as_array()) check(group, each);
    }
  }

  base::json::value groups_;
};

TEST_F(JoseVectors, NoForeignTokenIsBelievedValidOrNot) {
  int refused = 0;
  for_each_case([&](const base::json::value&, const base::json::value& each) {
    const std::string token(each.at("jws").as_string());
    const std::string outcome = outcome_of(verifier_.verify(token, std::nullopt));
    EXPECT_TRUE(outcome == "token_malformed" || outcome == "token_wrong_type" ||
                outcome == "token_too_large")
        << each.at("tcId") << " " << outcome;
    ++refused;
  });
  EXPECT_EQ(refused, 401);
}

/// None of the cases is signed with EdDSA, so what concerns us of them is the encoding. Case 372
/// holds a `?` that a lenient reader may pass over; ours does not.
TEST_F(JoseVectors, TheEncodingOfTheirValidTokensIsReadAndNoOtherAlgorithmIsOurs) {
  int eddsa = 0;
  for_each_case([&](const base::json::value&, const base::json::value& each) {
    const std::string token(each.at("jws").as_string());
    if (each.at("result") != "valid" || each.at("tcId") == 372) return;
    const auto header = base::parse_base64url(token.substr(0, token.find('.')));
    ASSERT_TRUE(header.has_value()) << each.at("tcId");
    if (header->find("EdDSA") != std::string::npos) ++eddsa;
  });
  EXPECT_EQ(eddsa, 0) << "these now deserve a test of their own";
}

TEST_F(JoseVectors, TheirBadEncodingsAreRefused) {
  int looked_at = 0;
  for_each_case([&](const base::json::value& group, const base::json::value& each) {
    if (group.at("comment") != "base64" || each.at("result") != "invalid") return;
    const std::string token(each.at("jws").as_string());
    std::cout << "base64 case " << each.at("tcId") << " " << each.at("comment") << "\n";
    EXPECT_EQ(outcome_of(parse_embed_token(token)).substr(0, 6), "token_");
    ++looked_at;
  });
  EXPECT_GT(looked_at, 0);
}

}  // namespace
}  // namespace auth
