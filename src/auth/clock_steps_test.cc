// The machine's clock is set back and forward while tokens are minted, used and revoked: nothing
// that was ended works again within its own lifetime, and nobody is left without a signer.

#include <gtest/gtest.h>

#include "auth/auth_test_support.h"
#include "store/revocations.h"

namespace auth {
namespace {

using model::Environment;
using model::RevocationKind;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class ClockSteps : public AuthTest {
 protected:
  [[nodiscard]] std::string verify(const std::string& token) {
    return outcome_of(verifier_.verify(token, std::nullopt));
  }
  [[nodiscard]] std::string mint(const std::string& lifetime = "24h") {
    return mint_token(key_, R"({"user":{"distinctId":"u"},"expiresIn":")" + lifetime + "\"}");
  }
  void revoke_subject(RevocationKind kind, const std::string& subject) {
    store_.write([&](store::Connection& connection) {
      return store::insert_revocation(
          connection, mine_,
          {base::RevocationId("rev_" + subject), kind, subject, Environment::kSandbox, clock_.now(),
           clock_.now() + kLifetimeMax, "ada@example.com", ""});
    });
  }
  /// Steps to and fro around the moment; `look` is called at each stop with the distance from it.
  template <typename Look>
  void step(Look look) {
    for (const seconds by : {seconds(-1), seconds(-29), seconds(-3600), seconds(-86400), seconds(1),
                             seconds(3600), seconds(0)}) {
      clock_.advance(by);
      look(by);
      clock_.advance(-by);
    }
  }

  model::ApiKey key_ = issue_key("key_1", mine_, Environment::kSandbox).key;
};

TEST_F(ClockSteps, ATokenFromTheFutureWaitsAndThenWorks) {
  const std::string token = mint();
  step([&](seconds by) {
    EXPECT_EQ(verify(token), by < -kClockSkew ? "token_not_yet_valid" : "ok") << by.count();
  });
  clock_.advance(hours(25));
  EXPECT_EQ(verify(token), "token_expired");
}

TEST_F(ClockSteps, ARevokedTokenStaysDead) {
  const std::string token = mint();
  revoke_subject(RevocationKind::kToken, std::string(claims_of(token).at("jti").as_string()));
  step([&](seconds by) { EXPECT_EQ(verify(token), "token_revoked") << by.count(); });
}

TEST_F(ClockSteps, TokensOfARevokedKeyStayDead) {
  const std::string token = mint();
  revoke(key_);
  step([&](seconds by) { EXPECT_EQ(verify(token), "token_key_revoked") << by.count(); });
}

TEST_F(ClockSteps, TokensOfARevokedEndUserStayDead) {
  const std::string token = mint();
  revoke_subject(RevocationKind::kEndUser, "u");
  step([&](seconds by) { EXPECT_EQ(verify(token), "token_revoked") << by.count(); });
}

TEST_F(ClockSteps, NothingMintedOnASetBackClockOutlivesARevocation) {
  revoke_subject(RevocationKind::kEndUser, "u");
  clock_.advance(-hours(1));
  const auto minted = mint_.mint(key_, R"({"user":{"distinctId":"u"}})");
  if (!minted) return;  // Refusing is as good.
  EXPECT_NE(verify(minted->token), "ok");
  clock_.advance(hours(1));
  EXPECT_NE(verify(minted->token), "ok");
}

TEST_F(ClockSteps, WhateverTheClockSaysSomethingSignsAndIsBelieved) {
  step([&](seconds by) {
    const std::string token = mint("1h");
    EXPECT_EQ(verify(token), "ok") << by.count();
    const auto claims = verifier_.inspect(token).authentic->claims;
    EXPECT_EQ(claims.expires_at - claims.issued_at, hours(1));
  });
}

TEST_F(ClockSteps, AnEmergencyRotationIsNotUndone) {
  const std::string doomed = mint();
  ASSERT_EQ(outcome_of(rotation_.rotate(mine_, Environment::kSandbox, RotationMode::kEmergency,
                                        {model::ActorKind::kServer, {}, "Test", {}})),
            "ok");
  step([&](seconds by) {
    EXPECT_EQ(verify(doomed), "token_unknown_key") << by.count();
    EXPECT_EQ(verify(mint()), "ok") << "the new key signs, even before its time";
  });
}

TEST_F(ClockSteps, AStepDuringAnOverlapLosesNoToken) {
  const std::string before = mint();
  ASSERT_EQ(outcome_of(rotation_.rotate(mine_, Environment::kSandbox, RotationMode::kOverlap,
                                        {model::ActorKind::kServer, {}, "Test", {}})),
            "ok");
  clock_.advance(kPublishAhead + minutes(1));
  const std::string after = mint();
  EXPECT_NE(header_of(before).at("kid"), header_of(after).at("kid"));
  clock_.advance(-minutes(2));
  EXPECT_EQ(verify(before), "ok");
  EXPECT_EQ(header_of(mint()).at("kid"), header_of(before).at("kid")) << "the old key signs again";
  EXPECT_EQ(verify(after), "token_not_yet_valid") << "and never an unknown key";
  clock_.advance(minutes(2));
  EXPECT_EQ(verify(before), "ok");
  EXPECT_EQ(verify(after), "ok");
}

}  // namespace
}  // namespace auth
