// Encrypted tokens: that they say nothing to who reads them, and every way in which one may be made
// or altered by someone without the key.

#include "auth/token_jwe.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/auth_test_support.h"
#include "auth/introspection.h"
#include "crypto/aes_gcm.h"
#include "crypto/hkdf.h"

namespace auth {
namespace {

using model::Environment;
using ::testing::HasSubstr;
using ::testing::Not;

using Parts = std::vector<std::string>;

Parts split(const std::string& token) {
  Parts parts(1);
  for (const char c : token) {
    if (c == '.') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string join(const Parts& parts) {
  std::string token = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) token += "." + parts[i];
  return token;
}

class TokenJweTest : public AuthTest {
 protected:
  IssuedKey issue_encrypting(const std::string& id, const base::OrgId& organization,
                             Environment environment) {
    model::ApiKey key = store::make_api_key(id, organization, environment);
    key.token_form = model::TokenForm::kEncrypted;
    return issue_key(std::move(key));
  }
  [[nodiscard]] std::string verify(const std::string& token) {
    return outcome_of(verifier_.verify(token, std::nullopt));
  }
  [[nodiscard]] std::string header_with(const std::string& alg, const std::string& enc,
                                        const std::string& typ, const std::string& kid,
                                        const std::string& more = "") const {
    return R"({"alg":")" + alg + R"(","enc":")" + enc + R"(","typ":")" + typ + R"(","kid":")" +
           kid + "\"" + more + "}";
  }
  [[nodiscard]] std::string good_header(const std::string& kid, const std::string& more = "") {
    return header_with("dir", "A256GCM", "aracari-embed+jwt", kid, more);
  }
  /// What someone with the content key of `signer` and `akid` can make: these texts, encrypted.
  [[nodiscard]] std::string encrypt(const std::string& header, const std::string& payload,
                                    const SigningKey& signer, const std::string& akid) {
    const base::Secret seed(signer.private_key.reveal_secret().substr(0, 32));
    const base::Secret key =
        crypto::hkdf_sha256(seed, "", "aracari embed token A256GCM v1 " + akid, 32);
    const std::string encoded = base::render_base64url(header);
    const std::string sealed = crypto::seal_aes_gcm(base::Secret(payload), key, encoded);
    return encoded + ".." + base::render_base64url(sealed.substr(0, 12)) + "." +
           base::render_base64url(sealed.substr(12, sealed.size() - 28)) + "." +
           base::render_base64url(sealed.substr(sealed.size() - 16));
  }
  /// The token with this part replaced.
  [[nodiscard]] std::string with_part(std::size_t part, const std::string& text) {
    Parts parts = split(token_);
    parts[part] = text;
    return join(parts);
  }

  model::ApiKey key_ = issue_encrypting("key_1", mine_, Environment::kSandbox).key;
  SigningKey signer_ = signing_key(mine_, Environment::kSandbox);
  std::string kid_ = signer_.id.text() + ".key_1";
  std::string token_ =
      mint_token(key_, R"({"user":{"distinctId":"user-secret"},"origins":["https://a.example"]})");
  std::string payload_ =
      base::render_json(render_claims(verifier_.inspect(token_).authentic->claims));
};

TEST_F(TokenJweTest, TheControlIsBelieved) {
  const auto principal = verifier_.verify(token_, "https://b.example");
  EXPECT_EQ(outcome_of(principal), "origin_not_authorized https://b.example");
  const std::string plain = mint_token(key_, R"({"user":{"distinctId":"u"}})");
  EXPECT_EQ(verify(plain), "ok");
  EXPECT_EQ(verifier_.inspect(plain).form, model::TokenForm::kEncrypted);
  EXPECT_EQ(verifier_.inspect(plain).signer->id, signer_.id);
  EXPECT_EQ(outcome_of(parse_jwe(token_)), "ok");
}

TEST_F(TokenJweTest, ASignedTokenOfAKeyForEncryptedOnesIsRefused) {
  const std::string payload = base::render_json(render_claims(
      verifier_.inspect(mint_token(key_, R"({"user":{"distinctId":"u"}})")).authentic->claims));
  const std::string header =
      R"({"alg":"EdDSA","typ":"aracari-embed+jwt","kid":")" + signer_.id.text() + "\"}";
  EXPECT_EQ(verify(sign_texts(header, payload, signer_.private_key)), "token_wrong_type");
}

TEST_F(TokenJweTest, HasExactlyItsHeaderAndSaysNothingElse) {
  EXPECT_EQ(base::render_json(header_of(token_)), good_header(kid_));
  const Parts parts = split(token_);
  ASSERT_EQ(parts.size(), 5U);
  EXPECT_EQ(parts[1], "");
  for (const std::string& part : parts) {
    const std::string bytes = base::parse_base64url(part).value();
    EXPECT_THAT(bytes, Not(HasSubstr("user-secret")));
    EXPECT_THAT(bytes, Not(HasSubstr("a.example")));
    EXPECT_THAT(bytes, Not(HasSubstr("org_mine")));
  }
}

TEST_F(TokenJweTest, NoTwoTokensShareAVector) {
  std::set<std::string> vectors;
  for (int i = 0; i < 50; ++i) {
    vectors.insert(split(mint_token(key_, R"({"user":{"distinctId":"u"}})"))[2]);
  }
  EXPECT_EQ(vectors.size(), 50U);
}

TEST_F(TokenJweTest, NoCharacterCanBeReplacedOrLeftOut) {
  for (std::size_t i = 0; i < token_.size(); ++i) {
    std::string altered = token_;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(verifier_.inspect(altered).authentic, nullptr) << "at " << i;
    EXPECT_EQ(verifier_.inspect(std::string(token_).erase(i, 1)).authentic, nullptr) << "at " << i;
  }
}

TEST_F(TokenJweTest, AlteredOrTruncatedPartsAreRefused) {
  const Parts parts = split(token_);
  const std::string zeros12 = base::render_base64url(std::string(12, '\0'));
  const std::string zeros16 = base::render_base64url(std::string(16, '\0'));
  EXPECT_EQ(verify(with_part(2, zeros12)), "token_signature_invalid");
  EXPECT_EQ(verify(with_part(3, "")), "token_signature_invalid");
  EXPECT_EQ(verify(with_part(3, zeros16)), "token_signature_invalid");
  EXPECT_EQ(verify(with_part(4, zeros16)), "token_signature_invalid");
  for (const std::size_t bytes : {0U, 4U, 8U, 11U, 13U, 16U}) {
    const std::string text = base::render_base64url(std::string(bytes, '\0'));
    EXPECT_EQ(verify(with_part(2, text)), "token_malformed") << bytes;
  }
  const std::string tag = base::parse_base64url(parts[4]).value();
  for (const std::size_t bytes : {0U, 1U, 4U, 12U, 15U}) {
    const std::string text = base::render_base64url(tag.substr(0, bytes));
    EXPECT_EQ(verify(with_part(4, text)), "token_malformed") << bytes;
  }
  EXPECT_EQ(verify(with_part(4, base::render_base64url(tag + "x"))), "token_malformed");
  EXPECT_EQ(verify(token_ + "."), "token_malformed");
  EXPECT_EQ(verify("...."), "token_malformed");
  EXPECT_EQ(verify(token_ + "="), "token_malformed");
}

TEST_F(TokenJweTest, ThereIsNoEncryptedKey) {
  EXPECT_EQ(verify(with_part(1, "AAAA")), "token_malformed");
}

TEST_F(TokenJweTest, TheHeaderChoosesNeitherAlgorithmNorType) {
  const std::string type = "aracari-embed+jwt";
  for (const std::string& header :
       {header_with("none", "A256GCM", type, kid_), header_with("RSA-OAEP", "A256GCM", type, kid_),
        header_with("A256KW", "A256GCM", type, kid_), header_with("DIR", "A256GCM", type, kid_),
        header_with("EdDSA", "A256GCM", type, kid_), header_with("dir", "A128GCM", type, kid_),
        header_with("dir", "A256CBC-HS512", type, kid_), header_with("dir", "none", type, kid_),
        header_with("dir", "A256GCM", "JWT", kid_)}) {
    EXPECT_EQ(verify(encrypt(header, payload_, signer_, "key_1")), "token_wrong_type") << header;
    EXPECT_EQ(verify(with_part(0, base::render_base64url(header))), "token_wrong_type") << header;
  }
}

TEST_F(TokenJweTest, HeaderMembersThatWeDoNotIssueAreRefused) {
  for (const std::string more :
       {R"(,"zip":"DEF")", R"(,"crit":["exp"])", R"(,"cty":"JWT")", R"(,"jwk":{})", R"(,"epk":{})",
        R"(,"p2c":1)", R"(,"alg":"dir")", R"(,"apu":"")"}) {
    EXPECT_EQ(verify(encrypt(good_header(kid_, more), payload_, signer_, "key_1")),
              "token_malformed")
        << more;
  }
  for (const std::string header : {"", "{}", "[]", "null", R"({"alg":"dir","enc":"A256GCM"})"}) {
    EXPECT_EQ(verify(encrypt(header, payload_, signer_, "key_1")), "token_malformed") << header;
  }
}

TEST_F(TokenJweTest, TheHeaderIsAuthenticated) {
  const std::string reordered =
      R"({"enc":"A256GCM","alg":"dir","typ":"aracari-embed+jwt","kid":")" + kid_ + "\"}";
  EXPECT_EQ(verify(with_part(0, base::render_base64url(reordered))), "token_signature_invalid");
  const std::string spaced = " " + good_header(kid_);
  EXPECT_EQ(verify(with_part(0, base::render_base64url(spaced))), "token_signature_invalid");
}

TEST_F(TokenJweTest, KidsOfOthersDoNotOpenIt) {
  issue_encrypting("key_2", mine_, Environment::kSandbox);
  const SigningKey theirs = signing_key(theirs_, Environment::kSandbox);
  const SigningKey live = signing_key(mine_, Environment::kProduction);
  for (const auto& [kid, code] : std::vector<std::pair<std::string, std::string>>{
           {signer_.id.text() + ".key_2", "token_signature_invalid"},
           {theirs.id.text() + ".key_1", "token_signature_invalid"},
           {live.id.text() + ".key_1", "token_signature_invalid"},
           {"sig_none.key_1", "token_unknown_key"},
           {signer_.id.text(), "token_malformed"},
           {signer_.id.text() + ".", "token_malformed"},
           {".key_1", "token_malformed"},
           {kid_ + ".x", "token_malformed"},
           {std::string(65, 'k'), "token_malformed"}}) {
    EXPECT_EQ(verify(with_part(0, base::render_base64url(good_header(kid)))), code) << kid;
  }
}

TEST_F(TokenJweTest, ClaimsAreOfTheApiKeyAndSignerOfTheHeader) {
  issue_encrypting("key_2", mine_, Environment::kSandbox);
  const std::string kid_2 = signer_.id.text() + ".key_2";
  EXPECT_EQ(verify(encrypt(good_header(kid_2), payload_, signer_, "key_2")), "token_wrong_issuer");
  const SigningKey theirs = signing_key(theirs_, Environment::kSandbox);
  const std::string kid = theirs.id.text() + ".key_1";
  EXPECT_EQ(verify(encrypt(good_header(kid), payload_, theirs, "key_1")), "token_wrong_issuer");
  EXPECT_EQ(verify(encrypt(good_header(kid_), "{}", signer_, "key_1")), "token_malformed");
  EXPECT_EQ(verify(encrypt(good_header(kid_), "", signer_, "key_1")), "token_malformed");
}

TEST_F(TokenJweTest, OneFormIsNeverReadAsTheOther) {
  const std::string jws = sign_jws(payload_, signer_);
  EXPECT_EQ(outcome_of(parse_jwe(jws)), "token_malformed");
  EXPECT_EQ(outcome_of(parse_jws(token_)), "token_malformed");
  EXPECT_EQ(verify(sign_texts(good_header(kid_), payload_, signer_.private_key)), "token_malformed")
      << "a JWE header on a signature";
  const std::string signing_header =
      R"({"alg":"EdDSA","typ":"aracari-embed+jwt","kid":")" + signer_.id.text() + "\"}";
  EXPECT_EQ(verify(encrypt(signing_header, payload_, signer_, "key_1")), "token_malformed");
  EXPECT_EQ(verify(encrypt(good_header(kid_), jws, signer_, "key_1")), "token_malformed")
      << "a JWS inside";
}

TEST_F(TokenJweTest, TheFormOfTheKeyMayHaveChangedSince) {
  const std::string plain = mint_token(key_, R"({"user":{"distinctId":"u"}})");
  store_.write([](store::Connection& connection) {
    return connection.run_script("UPDATE api_keys SET token_form = 'signed'");
  });
  EXPECT_EQ(verify(plain), "ok");
}

TEST_F(TokenJweTest, TimesAndTheKeysStateCountAsForSignedTokens) {
  const std::string plain = mint_token(key_, R"({"user":{"distinctId":"u"}})");
  clock_.advance(std::chrono::hours(1));
  EXPECT_EQ(verify(plain), "token_expired");
  clock_.advance(-std::chrono::hours(1));
  revoke(key_);
  EXPECT_EQ(verify(plain), "token_key_revoked");
}

TEST_F(TokenJweTest, AnEmergencyEndsItBeforeAndAfterTheSeedIsErased) {
  const std::string plain = mint_token(key_, R"({"user":{"distinctId":"u"}})");
  ASSERT_EQ(verify(plain), "ok");
  ASSERT_TRUE(rotation_
                  .rotate(mine_, Environment::kSandbox, RotationMode::kEmergency,
                          {model::ActorKind::kServer, "", "", ""})
                  .ok());
  EXPECT_EQ(verify(plain), "token_unknown_key");
  clock_.advance(kKeptAfterEnd + std::chrono::seconds(1));
  ASSERT_TRUE(rotation_.run_schedule().ok());
  EXPECT_EQ(verify(plain), "token_unknown_key");
  EXPECT_FALSE(verifier_.inspect(plain).signer.has_value());
}

TEST_F(TokenJweTest, AForeignOrganizationLearnsNothing) {
  const auto view = views_.get(theirs_).value();
  const std::string answer = base::render_json(
      explain_token(verifier_, {theirs_, std::nullopt, std::nullopt}, *view, token_, clock_.now()));
  EXPECT_THAT(answer, Not(HasSubstr("user-secret")));
  EXPECT_THAT(answer, Not(HasSubstr("key_1")));
}

}  // namespace
}  // namespace auth
