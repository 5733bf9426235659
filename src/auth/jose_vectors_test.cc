// Project Wycheproof's cases through what verifies tokens. Where the files are not given, the tests
// are skipped.
//
// - ed25519_test.json (151): all, as signatures of a token (open_jws).
// - aes_gcm_test.json (316): the 66 of our sizes decrypt a token's content (open_jwe); others of
//   256 bits are tokens of a wrong form; keys of 128 and 192 bits can not be given to it.
// - json_web_signature_test.json (401), json_web_encryption_test.json (139),
//   json_web_crypto_test.json (83): none is EdDSA, nor `dir` with A256GCM under a key of ours, so
//   each is refused, valid or not.
// - json_web_key_test.json (26): likewise; we read no keys from outside.

#include <gtest/gtest.h>

#include "auth/auth_test_support.h"
#include "crypto/crypto_test_support.h"

namespace auth {
namespace {

/// The compact text, or the JSON serialization as text.
std::string text_of(const base::json::value& token) {
  return token.is_string() ? std::string(token.as_string()) : base::render_json(token);
}

class JoseVectors : public AuthTest {
 protected:
  /// How many of the file's tokens there are. Each must be refused with a code that is a token's.
  int refuse_all(const std::string& file) {
    int looked_at = 0;
    crypto::for_each_vector(file, [&](const base::json::value&, const base::json::value& each) {
      const base::json::object& members = each.as_object();
      const auto* token = members.if_contains("jws");
      if (token == nullptr) token = members.if_contains("jwe");
      ASSERT_NE(token, nullptr) << each.at("tcId");
      const std::string outcome = outcome_of(verifier_.verify(text_of(*token), std::nullopt));
      EXPECT_TRUE(outcome == "token_malformed" || outcome == "token_wrong_type")
          << file << " " << each.at("tcId") << " " << outcome;
      ++looked_at;
    });
    return looked_at;
  }
};

struct VectorFile {
  const char* name;
  int cases;
};

class JoseFiles : public JoseVectors, public ::testing::WithParamInterface<VectorFile> {};

TEST_P(JoseFiles, NoForeignTokenIsBelievedValidOrNot) {
  const std::string file = crypto::vector_file(GetParam().name);
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "NO TEST VECTORS: " << file;
  EXPECT_EQ(refuse_all(file), GetParam().cases);
}

INSTANTIATE_TEST_SUITE_P(Wycheproof, JoseFiles,
                         ::testing::Values(VectorFile{"json_web_signature_test.json", 401},
                                           VectorFile{"json_web_encryption_test.json", 139},
                                           VectorFile{"json_web_crypto_test.json", 83},
                                           VectorFile{"json_web_key_test.json", 26}),
                         [](const auto& each) {
                           const std::string name = each.param.name;
                           return name.substr(0, name.find('.'));
                         });

/// Case 372 holds a `?` that a lenient reader may pass over; ours does not.
TEST_F(JoseVectors, TheEncodingOfTheirValidSignaturesIsReadAndNoOtherAlgorithmIsOurs) {
  const std::string file = crypto::vector_file("json_web_signature_test.json");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "NO TEST VECTORS: " << file;
  int eddsa = 0;
  crypto::for_each_vector(file, [&](const base::json::value&, const base::json::value& each) {
    const std::string token(each.at("jws").as_string());
    if (each.at("result") != "valid" || each.at("tcId") == 372) return;
    const auto header = base::parse_base64url(token.substr(0, token.find('.')));
    ASSERT_TRUE(header.has_value()) << each.at("tcId");
    if (header->find("EdDSA") != std::string::npos) ++eddsa;
  });
  EXPECT_EQ(eddsa, 0) << "these now deserve a test of their own";
}

TEST_F(JoseVectors, NoneOfTheirEncryptionsIsOurs) {
  const std::string file = crypto::vector_file("json_web_encryption_test.json");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "NO TEST VECTORS: " << file;
  int ours = 0;
  crypto::for_each_vector(file, [&](const base::json::value&, const base::json::value& each) {
    const std::string token = text_of(each.at("jwe"));
    const auto header = base::parse_base64url(token.substr(0, token.find('.')));
    if (!header) return;
    const bool direct = header->find(R"("dir")") != std::string::npos;
    if (direct && header->find("A256GCM") != std::string::npos) ++ours;
  });
  EXPECT_EQ(ours, 0) << "these now deserve a test of their own";
}

TEST_F(JoseVectors, TheirBadEncodingsAreRefused) {
  const std::string file = crypto::vector_file("json_web_signature_test.json");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "NO TEST VECTORS: " << file;
  int looked_at = 0;
  crypto::for_each_vector(file, [&](const base::json::value& group, const base::json::value& each) {
    if (group.at("comment") != "base64" || each.at("result") != "invalid") return;
    EXPECT_EQ(outcome_of(parse_embed_token(text_of(each.at("jws")))).substr(0, 6), "token_");
    ++looked_at;
  });
  EXPECT_GT(looked_at, 0);
}

/// The content decryption of RFC 7518 section 5.3 is AES-256-GCM over the parts of a token.
TEST_F(JoseVectors, ContentDecryptionAgreesWithThePublishedVectorsOfItsSizes) {
  const std::string file = crypto::vector_file("aes_gcm_test.json");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "NO TEST VECTORS: " << file;
  int looked_at = 0;
  crypto::for_each_vector(file, [&](const base::json::value& group, const base::json::value& each) {
    if (group.at("keySize") != 256 || group.at("ivSize") != 96 || group.at("tagSize") != 128)
      return;
    const std::string associated = crypto::hex_member(each, "aad");
    const UnverifiedJwe token{"sig_x",
                              base::ApiKeyId("key_x"),
                              associated,
                              crypto::hex_member(each, "iv"),
                              crypto::hex_member(each, "ct"),
                              crypto::hex_member(each, "tag")};
    const auto opened = decrypt_content(token, base::Secret(crypto::hex_member(each, "key")));
    EXPECT_EQ(opened.ok(), each.at("result") == "valid") << each.at("tcId");
    if (opened) {
      EXPECT_EQ(*opened, crypto::hex_member(each, "msg"));
    }
    ++looked_at;
  });
  EXPECT_GE(looked_at, 60);
}

TEST_F(JoseVectors, EverySignatureVectorIsDecidedByTheVerifiersOwnStep) {
  const std::string file = crypto::vector_file("ed25519_test.json");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "NO TEST VECTORS: " << file;
  int looked_at = 0;
  crypto::for_each_vector(file, [&](const base::json::value& group, const base::json::value& each) {
    SigningKey key = signing_key(mine_, model::Environment::kSandbox);
    key.public_key = crypto::hex_member(group.at("publicKey"), "pk");
    const std::string message = crypto::hex_member(each, "msg");
    const UnverifiedJws token{key.id.text(), message, "payload", crypto::hex_member(each, "sig")};
    const bool valid = each.at("result") == "valid";
    EXPECT_EQ(outcome_of(open_jws(token, key)), valid ? "ok" : "token_signature_invalid")
        << each.at("tcId") << each.at("comment");
    ++looked_at;
  });
  EXPECT_EQ(looked_at, 151);
}

/// Vectors and tags of other sizes, the valid ones too, are no tokens.
TEST_F(JoseVectors, ContentOfOtherSizesIsMalformed) {
  const std::string file = crypto::vector_file("aes_gcm_test.json");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "NO TEST VECTORS: " << file;
  int looked_at = 0;
  crypto::for_each_vector(file, [&](const base::json::value& group, const base::json::value& each) {
    if (group.at("keySize") != 256 || group.at("ivSize") == 96) return;
    const std::string header = R"({"alg":"dir","enc":"A256GCM","typ":"aracari-embed+jwt","kid":")" +
                               signing_key(mine_, model::Environment::kSandbox).id.text() +
                               ".key_1\"}";
    std::string token = base::render_base64url(header) + ".";
    for (const std::string_view part : {"iv", "ct", "tag"}) {
      token += "." + base::render_base64url(crypto::hex_member(each, part));
    }
    EXPECT_EQ(outcome_of(verifier_.verify(token, std::nullopt)), "token_malformed")
        << each.at("tcId");
    ++looked_at;
  });
  EXPECT_GE(looked_at, 30);
}

}  // namespace
}  // namespace auth
