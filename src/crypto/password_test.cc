#include "crypto/password.h"

#include <gtest/gtest.h>

#include "crypto/init.h"

namespace crypto {
namespace {

using base::Secret;

class Password : public ::testing::Test {
 protected:
  Password() { init(); }
};

TEST_F(Password, IsKnownByItsHash) {
  const auto hash = hash_password(Secret("correct horse"));
  ASSERT_TRUE(hash.ok());
  EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << *hash;
  EXPECT_TRUE(verify_password(Secret("correct horse"), *hash).value());
  EXPECT_FALSE(verify_password(Secret("correct horsf"), *hash).value());
  EXPECT_FALSE(verify_password(Secret("Correct horse"), *hash).value());
  EXPECT_FALSE(verify_password(Secret(""), *hash).value());
  EXPECT_FALSE(verify_password(Secret(std::string("correct horse\0x", 15)), *hash).value());
}

TEST_F(Password, HasAnotherSaltEachTime) {
  EXPECT_NE(hash_password(Secret("same")).value(), hash_password(Secret("same")).value());
}

TEST_F(Password, MatchesNoHashOfAnotherForm) {
  for (const std::string& hash :
       {std::string(), std::string("x"), std::string("$argon2id$"), std::string("$2b$12$abc"),
        std::string("$argon2id$v=19$m=65536,t=2,p=1$AAAA$AAAA"), std::string(1000, '$')}) {
    EXPECT_FALSE(verify_password(Secret("correct horse"), hash).value()) << hash;
    EXPECT_FALSE(verify_password(Secret(""), hash).value()) << hash;
  }
}

}  // namespace
}  // namespace crypto
