#include "auth/signing_key_times.h"

#include <gtest/gtest.h>

namespace auth {
namespace {

using model::Environment;
using std::chrono::hours;
using std::chrono::seconds;

const base::Seconds kStart = base::parse_time("2026-01-01T00:00:00Z").value();
constexpr hours kLifetime{24};

store::SigningKeyRecord record(const std::string& id, seconds activates_after,
                               std::optional<base::Seconds> revoked = std::nullopt,
                               const std::string& sealed = "sealed") {
  return {base::SigningKeyId(id),
          base::OrgId("org_a"),
          Environment::kSandbox,
          "public",
          sealed,
          kStart,
          kStart + activates_after,
          revoked};
}

std::string status(const std::vector<store::SigningKeyRecord>& records, const std::string& id,
                   base::Seconds now) {
  const auto times = times_of(records, kLifetime);
  return std::string(
      model::enum_name(kSigningKeyStatusNames, status_at(times.at(base::SigningKeyId(id)), now)));
}

TEST(SigningKeyTimes, EveryEdgeOfTwoKeysThatFollowOneAnother) {
  const std::vector records = {record("sig_a", seconds(0)), record("sig_b", hours(1))};
  const base::Seconds change = kStart + hours(1);
  const base::Seconds end = change + kLifetime + kClockSkew;
  EXPECT_EQ(status(records, "sig_a", change - seconds(1)), "active");
  EXPECT_EQ(status(records, "sig_b", change - seconds(1)), "next");
  EXPECT_EQ(status(records, "sig_a", change), "retiring");
  EXPECT_EQ(status(records, "sig_b", change), "active");
  EXPECT_EQ(status(records, "sig_a", end - seconds(1)), "retiring");
  EXPECT_EQ(status(records, "sig_a", end), "retired");
  EXPECT_EQ(status(records, "sig_b", end + hours(100'000)), "active");
}

TEST(SigningKeyTimes, TheFirstKeySignsAlsoWhereTheClockWasSetBack) {
  const std::vector records = {record("sig_a", seconds(0)), record("sig_b", hours(1))};
  EXPECT_EQ(status(records, "sig_a", kStart - hours(1000)), "active");
  EXPECT_EQ(status(records, "sig_b", kStart - hours(1000)), "next");
}

TEST(SigningKeyTimes, ARevokedKeyIsRevokedWhateverTheClockSaysAndHasNoPlaceInTheOrder) {
  const base::Seconds revoked = kStart + hours(2);
  const std::vector records = {record("sig_a", seconds(0), revoked),
                               record("sig_b", hours(1), revoked), record("sig_c", hours(2))};
  for (const base::Seconds now : {kStart - hours(9), kStart, revoked, revoked + hours(9)}) {
    EXPECT_EQ(status(records, "sig_a", now), "revoked");
    EXPECT_EQ(status(records, "sig_b", now), "revoked");
    EXPECT_EQ(status(records, "sig_c", now), "active");
  }
}

TEST(SigningKeyTimes, AnErasedKeyIsNeverBelievedAgain) {
  const std::vector records = {record("sig_a", seconds(0), std::nullopt, ""),
                               record("sig_b", hours(1))};
  EXPECT_EQ(status(records, "sig_a", kStart), "retired");
  EXPECT_EQ(status(records, "sig_a", kStart - hours(1)), "retired");
  EXPECT_EQ(status(records, "sig_b", kStart), "active") << "there is no other that could sign";
  const auto times = times_of(records, kLifetime);
  EXPECT_EQ(times.at(base::SigningKeyId("sig_a")).retires_at,
            kStart + hours(1) + kLifetime + kClockSkew);
}

TEST(SigningKeyTimes, OfTwoKeysOfOneMomentTheLaterOneSigns) {
  const std::vector records = {record("sig_a", seconds(0)), record("sig_b", hours(1)),
                               record("sig_c", hours(1))};
  EXPECT_EQ(status(records, "sig_b", kStart + hours(1)), "retiring");
  EXPECT_EQ(status(records, "sig_c", kStart + hours(1)), "active");
}

TEST(SigningKeyTimes, OrganizationsAndEnvironmentsDoNotFollowOneAnother) {
  store::SigningKeyRecord live = record("sig_live", hours(1));
  live.environment = Environment::kProduction;
  store::SigningKeyRecord other = record("sig_other", hours(2));
  other.organization = base::OrgId("org_b");
  const std::vector records = {record("sig_a", seconds(0)), live, other};
  for (const std::string id : {"sig_a", "sig_live", "sig_other"}) {
    EXPECT_EQ(status(records, id, kStart + hours(9)), "active") << id;
  }
}

TEST(SigningKeyTimes, OnlyKeysThatMayHaveLiveTokensVerify) {
  EXPECT_TRUE(verifies(SigningKeyStatus::kNext));
  EXPECT_TRUE(verifies(SigningKeyStatus::kActive));
  EXPECT_TRUE(verifies(SigningKeyStatus::kRetiring));
  EXPECT_FALSE(verifies(SigningKeyStatus::kRetired));
  EXPECT_FALSE(verifies(SigningKeyStatus::kRevoked));
}

}  // namespace
}  // namespace auth
