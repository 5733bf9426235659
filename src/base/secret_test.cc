#include "base/secret.h"

#include <concepts>
#include <optional>
#include <ostream>
#include <type_traits>

#include <gtest/gtest.h>

namespace base {
namespace {

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

constexpr std::string_view kText = "a secret that is longer than a short string";

bool all_zero(const char* bytes, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (bytes[i] != 0) return false;
  }
  return true;
}

TEST(Secret, IsReadOnlyOnPurpose) {
  const Secret secret{std::string(kText)};
  EXPECT_EQ(secret.reveal_secret(), kText);
  EXPECT_FALSE(secret.empty());
  EXPECT_TRUE(Secret("").empty());
}

TEST(Secret, NeitherConvertsNorPrintsNorCompares) {
  static_assert(!std::is_convertible_v<Secret, std::string>);
  static_assert(!std::is_convertible_v<Secret, std::string_view>);
  static_assert(!std::is_convertible_v<std::string, Secret>);
  static_assert(!std::equality_comparable<Secret>);
  static_assert(!Printable<Secret>);
  static_assert(Printable<std::string>);
}

TEST(Secret, MovingLeavesNoBytesBehind) {
  for (const std::size_t length : {kText.size(), std::size_t{8}}) {
    Secret from{std::string(kText.substr(0, length))};
    const char* bytes = from.reveal_secret().data();
    const Secret to(std::move(from));
    EXPECT_EQ(to.reveal_secret(), kText.substr(0, length));
    EXPECT_TRUE(from.empty());  // NOLINT(bugprone-use-after-move): that is the point.
    EXPECT_TRUE(all_zero(bytes, length));
  }
}

TEST(Secret, AssigningOverwritesWhatWasThere) {
  Secret secret{std::string(kText)};
  const char* bytes = secret.reveal_secret().data();
  secret = Secret("x");
  EXPECT_EQ(secret.reveal_secret(), "x");
  EXPECT_TRUE(all_zero(bytes + 1, kText.size() - 1));
  Secret& same = secret;
  secret = std::move(same);
  EXPECT_EQ(secret.reveal_secret(), "x");
}

TEST(Secret, ACopyStandsOnItsOwn) {
  std::optional<Secret> first{std::string(kText)};
  const Secret copy = *first;
  first.reset();
  EXPECT_EQ(copy.reveal_secret(), kText);
}

}  // namespace
}  // namespace base
