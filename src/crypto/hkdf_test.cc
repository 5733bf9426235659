#include "crypto/hkdf.h"

#include <gtest/gtest.h>

#include "crypto/crypto_test_support.h"

namespace crypto {
namespace {

std::string range(int first, int last) {
  std::string bytes;
  for (int byte = first; byte <= last; ++byte) bytes += static_cast<char>(byte);
  return bytes;
}

std::string derive(const std::string& input, const std::string& salt, const std::string& info,
                   std::size_t bytes) {
  return hkdf_sha256(base::Secret(input), salt, info, bytes).reveal_secret();
}

/// RFC 5869 appendix A.1 to A.3.
TEST(Hkdf, DerivesAsTheRfcSays) {
  EXPECT_EQ(
      derive(std::string(22, '\x0b'), range(0, 12), range(0xf0, 0xf9), 42),
      bytes_of_hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5"
                   "b887185865"));
  EXPECT_EQ(
      derive(range(0, 0x4f), range(0x60, 0xaf), range(0xb0, 0xff), 82),
      bytes_of_hex("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99ca"
                   "c7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c"
                   "01d5c1f3434f1d87"));
  EXPECT_EQ(
      derive(std::string(22, '\x0b'), "", "", 42),
      bytes_of_hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395fa"
                   "a4b61a96c8"));
}

TEST(Hkdf, EveryInputCounts) {
  const std::string key = derive("input", "salt", "info", 32);
  EXPECT_EQ(key.size(), 32U);
  EXPECT_EQ(derive("input", "salt", "info", 32), key);
  EXPECT_NE(derive("inpuu", "salt", "info", 32), key);
  EXPECT_NE(derive("input", "sals", "info", 32), key);
  EXPECT_NE(derive("input", "salt", "infp", 32), key);
}

}  // namespace
}  // namespace crypto
