// Tokens that someone made or altered: each is refused by its own code, whatever it claims.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/auth_test_support.h"

namespace auth {
namespace {

using model::Environment;

class TokenForgeryTest : public AuthTest {
 protected:
  [[nodiscard]] std::string verify(const std::string& token) {
    return outcome_of(verifier_.verify(token, std::nullopt));
  }
  /// The token with this header, rightly signed.
  [[nodiscard]] std::string verify_header(const std::string& header) {
    return verify(sign_texts(header, payload_, signer_.private_key));
  }
  /// The token with these claims, rightly signed.
  [[nodiscard]] std::string verify_payload(const std::string& payload) {
    return verify(sign_texts(header_, payload, signer_.private_key));
  }
  /// The token with one claim replaced by this JSON, or left out when it is empty; rightly signed.
  [[nodiscard]] std::string verify_claim(const std::string& name, const std::string& json) {
    base::json::object claims = claims_of(token_);
    if (json.empty()) {
      claims.erase(name);
    } else {
      claims[name] = base::parse_json(json).value();
    }
    return verify_payload(base::render_json(claims));
  }
  [[nodiscard]] std::string header_with(const std::string& algorithm, const std::string& type,
                                        const std::string& more) const {
    return R"({"alg":")" + algorithm + R"(","typ":")" + type + R"(","kid":")" + signer_.id.text() +
           "\"" + more + "}";
  }

  model::ApiKey key_ = issue_key("key_1", mine_, Environment::kSandbox).key;
  SigningKey signer_ = signing_key(mine_, Environment::kSandbox);
  std::string token_ = mint_token(key_, R"({"user":{"distinctId":"user-123"}})");
  std::string header_ = header_with("EdDSA", "aracari-embed+jwt", "");
  std::string payload_ = base::render_json(claims_of(token_));
};

TEST_F(TokenForgeryTest, TheControlIsBelieved) {
  EXPECT_EQ(verify(token_), "ok");
  EXPECT_EQ(verify_header(header_), "ok");
  EXPECT_EQ(verify_payload(payload_), "ok");
  EXPECT_EQ(verify_claim("sub", R"("someone else")"), "ok");
}

TEST_F(TokenForgeryTest, NoCharacterCanBeReplaced) {
  for (std::size_t i = 0; i < token_.size(); ++i) {
    std::string altered = token_;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    EXPECT_NE(verify(altered), "ok") << "at " << i;
  }
}

TEST_F(TokenForgeryTest, AlteredClaimsBreakTheSignature) {
  const std::size_t first = token_.find('.');
  const std::size_t second = token_.find('.', first + 1);
  base::json::object claims = claims_of(token_);
  claims["sub"] = "admin";
  const std::string forged = token_.substr(0, first + 1) +
                             base::render_base64url(base::render_json(claims)) +
                             token_.substr(second);
  EXPECT_EQ(verify(forged), "token_signature_invalid");
  EXPECT_EQ(verify(token_.substr(0, second + 1)), "token_signature_invalid");
  EXPECT_EQ(verify(token_.substr(0, second + 1) + base::render_base64url(std::string(64, '\0'))),
            "token_signature_invalid");
}

TEST_F(TokenForgeryTest, OtherFormsAreMalformed) {
  const std::size_t second = token_.rfind('.');
  for (const std::string& text :
       {std::string(), std::string("."), std::string(".."), std::string("..."), std::string("a.b"),
        token_.substr(0, second), token_ + ".", "." + token_, token_ + "=", " " + token_,
        token_ + "\n", token_ + std::string(1, '\0'), "Bearer " + token_, payload_}) {
    EXPECT_EQ(verify(text), "token_malformed") << text;
  }
}

TEST_F(TokenForgeryTest, ATokenOver8KiBIsNotLookedAt) {
  EXPECT_EQ(verify(token_ + std::string(8193 - token_.size(), 'A')), "token_too_large");
  EXPECT_NE(verify(token_ + std::string(8192 - token_.size(), 'A')), "token_too_large");
}

TEST_F(TokenForgeryTest, TheHeaderChoosesNeitherAlgorithmNorType) {
  for (const std::string algorithm :
       {"none", "None", "HS256", "ES256", "RS256", "Ed25519", "eddsa", "EdDSA "}) {
    EXPECT_EQ(verify_header(header_with(algorithm, "aracari-embed+jwt", "")), "token_wrong_type")
        << algorithm;
  }
  for (const std::string type : {"JWT", "at+jwt", "ARACARI-EMBED+JWT", "application/x"}) {
    EXPECT_EQ(verify_header(header_with("EdDSA", type, "")), "token_wrong_type") << type;
  }
}

TEST_F(TokenForgeryTest, AlgorithmNoneWithoutASignatureIsRefused) {
  const std::string none = base::render_base64url(header_with("none", "aracari-embed+jwt", ""));
  EXPECT_EQ(verify(none + "." + base::render_base64url(payload_) + "."), "token_wrong_type");
}

TEST_F(TokenForgeryTest, HeaderMembersThatWeDoNotIssueAreRefused) {
  for (const std::string more :
       {R"(,"crit":["exp"])", R"(,"jwk":{"kty":"OKP"})", R"(,"jku":"https://evil.example")",
        R"(,"x5u":"https://evil.example")", R"(,"b64":false)", R"(,"cty":"JWT")", R"(,"zip":"DEF")",
        R"(,"x":1)"}) {
    EXPECT_EQ(verify_header(header_with("EdDSA", "aracari-embed+jwt", more)), "token_malformed")
        << more;
  }
}

TEST_F(TokenForgeryTest, AHeaderIsAnObjectOfThreeStrings) {
  const std::string kid = signer_.id.text();
  for (const std::string& header : std::vector<std::string>{
           std::string(), std::string("[]"), std::string("null"), std::string("{}"),
           std::string("{\"alg\""), header_ + " {}", R"({"alg":"EdDSA","typ":"aracari-embed+jwt"})",
           R"({"alg":"EdDSA","kid":")" + kid + "\"}",
           R"({"typ":"aracari-embed+jwt","kid":")" + kid + "\"}",
           R"({"alg":["EdDSA"],"typ":"aracari-embed+jwt","kid":")" + kid + "\"}",
           R"({"alg":"none","alg":"EdDSA","typ":"aracari-embed+jwt","kid":")" + kid + "\"}",
           R"({"alg":"EdDSA","typ":"aracari-embed+jwt","kid":7})",
           R"({"alg":"EdDSA","typ":"aracari-embed+jwt","kid":""})",
           R"({"alg":"EdDSA","typ":"aracari-embed+jwt","kid":")" + std::string(65, 'k') + "\"}"}) {
    EXPECT_EQ(verify_header(header), "token_malformed") << header;
  }
}

TEST_F(TokenForgeryTest, AKeyThatWeDoNotKnowIsRefused) {
  for (const std::string kid : {"sig_none", "../../etc/passwd", "' OR 1=1 --", "SIG_NONE"}) {
    EXPECT_EQ(verify_header(R"({"alg":"EdDSA","typ":"aracari-embed+jwt","kid":")" + kid + "\"}"),
              "token_unknown_key");
  }
}

TEST_F(TokenForgeryTest, AKeyOfSomeoneElseDoesNotSignForUs) {
  const crypto::Ed25519KeyPair stranger = crypto::new_ed25519_key_pair();
  EXPECT_EQ(verify(sign_texts(header_, payload_, stranger.private_key)), "token_signature_invalid");
}

TEST_F(TokenForgeryTest, TheKeyOfAnotherEnvironmentOrOrganizationDoesNotSignForThisOne) {
  for (const auto& [organization, environment] :
       {std::pair(mine_, Environment::kProduction), std::pair(theirs_, Environment::kSandbox)}) {
    const SigningKey other = signing_key(organization, environment);
    EXPECT_EQ(verify(sign_texts(header_, payload_, other.private_key)), "token_signature_invalid");
    const std::string own_kid =
        R"({"alg":"EdDSA","typ":"aracari-embed+jwt","kid":")" + other.id.text() + "\"}";
    EXPECT_EQ(verify(sign_texts(own_kid, payload_, other.private_key)), "token_wrong_issuer");
  }
}

TEST_F(TokenForgeryTest, ATokenClaimsItsSignersIssuerAndNothingElse) {
  EXPECT_EQ(verify_claim("iss", R"("urn:aracari:org_mine:production")"), "token_wrong_issuer");
  EXPECT_EQ(verify_claim("iss", R"("urn:aracari:org_theirs:sandbox")"), "token_wrong_issuer");
  EXPECT_EQ(verify_claim("iss", R"("https://evil.example")"), "token_wrong_issuer");
  EXPECT_EQ(verify_claim("org", R"("org_theirs")"), "token_wrong_issuer");
  EXPECT_EQ(verify_claim("env", R"("production")"), "token_wrong_issuer");
}

TEST_F(TokenForgeryTest, ATokenIsForOurAudienceOnly) {
  EXPECT_EQ(verify_claim("aud", R"("urn:aracari:embed:production")"), "token_wrong_audience");
  EXPECT_EQ(verify_claim("aud", R"("https://other.example")"), "token_wrong_audience");
  EXPECT_EQ(verify_claim("aud", R"(["urn:aracari:embed:sandbox"])"), "token_malformed");
}

TEST_F(TokenForgeryTest, TimesAreWholeSeconds) {
  for (const std::string name : {"exp", "nbf", "iat"}) {
    for (const std::string json :
         {"", "null", R"("1767229200")", "1767229200.5", "1.7672292e9", "true", "[]", "-1",
          "253402300800", "9223372036854775807", "9223372036854775808", "1e300"}) {
      EXPECT_EQ(verify_claim(name, json), "token_malformed") << name << " " << json;
    }
  }
}

TEST_F(TokenForgeryTest, EveryClaimIsThereAndOfItsType) {
  for (const auto& member : claims_of(token_)) {
    const std::string name(member.key());
    EXPECT_EQ(verify_claim(name, ""), "token_malformed") << name;
    EXPECT_EQ(verify_claim(name, "null"), "token_malformed") << name;
    EXPECT_EQ(verify_claim(name, "true"), "token_malformed") << name;
  }
  EXPECT_EQ(verify_claim("role", R"("owner")"), "token_malformed");
  EXPECT_EQ(verify_claim("env", R"("staging")"), "token_malformed");
  EXPECT_EQ(verify_claim("permissions", R"({"dashboard":["can_all"]})"), "token_malformed");
  EXPECT_EQ(verify_claim("permissions", R"({"everything":["can_view"]})"), "token_malformed");
  EXPECT_EQ(verify_claim("resources", R"({"dashboards":"dsh_mine"})"), "token_malformed");
}

TEST_F(TokenForgeryTest, ClaimsAreOneObjectOfKnownMembersEachOnce) {
  EXPECT_EQ(verify_claim("admin", "true"), "token_malformed");
  EXPECT_EQ(verify_payload(""), "token_malformed");
  EXPECT_EQ(verify_payload("[]"), "token_malformed");
  EXPECT_EQ(verify_payload("not json"), "token_malformed");
  EXPECT_EQ(verify_payload(payload_ + "{}"), "token_malformed");
  std::string twice = payload_;
  twice.insert(1, R"("exp":253402300799,)");
  EXPECT_EQ(verify_payload(twice), "token_malformed");
}

TEST_F(TokenForgeryTest, ARefusalRepeatsNothingOfTheToken) {
  const auto refused = verifier_.verify(
      sign_texts(header_, R"({"iss":"<script>"})", signer_.private_key), std::nullopt);
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().what, ::testing::Not(::testing::HasSubstr("script")));
}

}  // namespace
}  // namespace auth
