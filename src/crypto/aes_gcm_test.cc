#include "crypto/aes_gcm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/crypto_test_support.h"
#include "crypto/init.h"

namespace crypto {
namespace {

using base::Secret;

class AesGcm : public ::testing::Test {
 protected:
  AesGcm() { init(); }
  const Secret key_{std::string(32, 'k')};
};

TEST_F(AesGcm, OpensWhatItSealed) {
  for (const std::string& text :
       {std::string(), std::string("x"), std::string("a\0b", 3), std::string(100'000, 'a')}) {
    const std::string sealed = seal_aes_gcm(Secret(text), key_, "place");
    EXPECT_EQ(sealed.size(), 12 + text.size() + 16);
    const auto opened = open_aes_gcm(sealed, key_, "place");
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(opened->reveal_secret(), text);
  }
}

TEST_F(AesGcm, SealsTheSameDifferentlyEachTime) {
  EXPECT_NE(seal_aes_gcm(Secret("text"), key_, ""), seal_aes_gcm(Secret("text"), key_, ""));
}

TEST_F(AesGcm, DoesNotOpenElsewhereOrUnderAnotherKey) {
  const std::string sealed = seal_aes_gcm(Secret("text"), key_, "here");
  EXPECT_FALSE(open_aes_gcm(sealed, key_, "there").ok());
  EXPECT_FALSE(open_aes_gcm(sealed, key_, "").ok());
  EXPECT_FALSE(open_aes_gcm(sealed, Secret(std::string(32, 'l')), "here").ok());
  EXPECT_FALSE(open_aes_gcm(sealed, Secret(std::string(31, 'k')), "here").ok());
  EXPECT_FALSE(open_aes_gcm(sealed, Secret(""), "here").ok());
}

TEST_F(AesGcm, DoesNotOpenWhereAnyByteDiffers) {
  const std::string sealed = seal_aes_gcm(Secret("text"), key_, "here");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string altered = sealed;
    altered[i] = static_cast<char>(altered[i] ^ 1);
    EXPECT_FALSE(open_aes_gcm(altered, key_, "here").ok()) << i;
    EXPECT_FALSE(open_aes_gcm(sealed.substr(0, i), key_, "here").ok()) << i;
  }
  EXPECT_FALSE(open_aes_gcm(sealed + "x", key_, "here").ok());
}

TEST_F(AesGcm, ARefusalTellsNothingOfTheSecret) {
  std::string sealed = seal_aes_gcm(Secret("text"), key_, "here");
  sealed.back() = static_cast<char>(sealed.back() ^ 1);
  const auto refused = open_aes_gcm(sealed, key_, "here");
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().what + refused.error().detail,
              ::testing::Not(::testing::HasSubstr("text")));
}

TEST_F(AesGcm, AgreesWithThePublishedVectorsOfItsSizes) {
  const std::string file = vector_file("aes_gcm_test.json");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "NO TEST VECTORS: " << file;
  int looked_at = 0;
  for_each_vector(file, [&](const base::json::value& group, const base::json::value& each) {
    if (group.at("keySize") != 256 || group.at("ivSize") != 96 || group.at("tagSize") != 128)
      return;
    const std::string sealed =
        hex_member(each, "iv") + hex_member(each, "ct") + hex_member(each, "tag");
    const auto opened =
        open_aes_gcm(sealed, Secret(hex_member(each, "key")), hex_member(each, "aad"));
    const bool valid = each.at("result") == "valid";
    EXPECT_EQ(opened.ok(), valid) << each.at("tcId");
    if (opened && valid) {
      EXPECT_EQ(opened->reveal_secret(), hex_member(each, "msg"));
    }
    ++looked_at;
  });
  EXPECT_GE(looked_at, 60);
}

}  // namespace
}  // namespace crypto
