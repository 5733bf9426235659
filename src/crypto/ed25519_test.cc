#include "crypto/ed25519.h"

#include <gtest/gtest.h>

#include "crypto/crypto_test_support.h"
#include "crypto/init.h"

namespace crypto {
namespace {

struct Vector {
  std::string seed;
  std::string public_key;
  std::string message;
  std::string signature;
};

/// RFC 8032 section 7.1, tests 1, 2, 3 and SHA(abc).
std::vector<Vector> rfc_8032() {
  return {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
       "f9b46bd25bf5f0595bbe24655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f"
       "11d8c387b2eaeb4302aeeb00d291612bb0c00"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984"
       "dc6594a7c15e9716ed28dc027beceea1ec40a"},
      {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
       "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
       "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3f"
       "eebbd454d4423643ce80e2a9ac94fa54ca49f",
       "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c6643"
       "1e0303dca179c138ac17ad9bef1177331a704"}};
}

TEST(Ed25519, SignsAndVerifiesAsTheRfcSays) {
  init();
  for (const Vector& vector : rfc_8032()) {
    const std::string public_key = bytes_of_hex(vector.public_key);
    const base::Secret private_key(bytes_of_hex(vector.seed) + public_key);
    const std::string message = bytes_of_hex(vector.message);
    const std::string signature = bytes_of_hex(vector.signature);
    EXPECT_EQ(sign_ed25519(message, private_key), signature);
    EXPECT_TRUE(verify_ed25519(message, signature, public_key));
    EXPECT_FALSE(verify_ed25519(message + "x", signature, public_key));
  }
}

TEST(Ed25519, AgreesWithEveryPublishedVector) {
  init();
  const std::string file = vector_file("ed25519_test.json");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "NO TEST VECTORS: " << file;
  int looked_at = 0;
  for_each_vector(file, [&](const base::json::value& group, const base::json::value& each) {
    const bool valid = verify_ed25519(hex_member(each, "msg"), hex_member(each, "sig"),
                                      hex_member(group.at("publicKey"), "pk"));
    EXPECT_EQ(valid, each.at("result") == "valid") << each.at("tcId") << each.at("comment");
    ++looked_at;
  });
  EXPECT_EQ(looked_at, 151);
}

TEST(Ed25519, EveryAlteredBitIsSeen) {
  init();
  const Ed25519KeyPair pair = new_ed25519_key_pair();
  const std::string signature = sign_ed25519("message", pair.private_key);
  EXPECT_TRUE(verify_ed25519("message", signature, pair.public_key));
  for (std::size_t bit = 0; bit < 8 * signature.size(); ++bit) {
    std::string altered = signature;
    altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(verify_ed25519("message", altered, pair.public_key)) << bit;
  }
}

TEST(Ed25519, RefusesOtherLengthsAndTheZeroKey) {
  init();
  const Ed25519KeyPair pair = new_ed25519_key_pair();
  const std::string signature = sign_ed25519("m", pair.private_key);
  EXPECT_FALSE(verify_ed25519("m", "", pair.public_key));
  EXPECT_FALSE(verify_ed25519("m", signature + "x", pair.public_key));
  EXPECT_FALSE(verify_ed25519("m", signature.substr(1), pair.public_key));
  EXPECT_FALSE(verify_ed25519("m", signature, ""));
  EXPECT_FALSE(verify_ed25519("m", signature, pair.public_key + "x"));
  EXPECT_FALSE(verify_ed25519("m", std::string(64, '\0'), std::string(32, '\0')));
}

TEST(Ed25519, NoTwoKeyPairsAreAlike) {
  init();
  EXPECT_NE(new_ed25519_key_pair().public_key, new_ed25519_key_pair().public_key);
}

}  // namespace
}  // namespace crypto
