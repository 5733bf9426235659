// Rotation and what becomes of tokens meanwhile, at every edge of the clock.

#include "auth/signing_key_rotation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/auth_test_support.h"

namespace auth {
namespace {

using model::Environment;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const model::Actor kAnn{model::ActorKind::kUser, "usr_ann", "ann@example.com", "192.0.2.1"};

class SigningKeyRotationTest : public AuthTest {
 protected:
  [[nodiscard]] std::string rotate(RotationMode mode) {
    return outcome_of(rotation_.rotate(mine_, Environment::kSandbox, mode, kAnn));
  }
  [[nodiscard]] std::string verify(const std::string& token) {
    return outcome_of(verifier_.verify(token, std::nullopt));
  }
  [[nodiscard]] std::string new_token(const std::string& lifetime = "24h") {
    return mint_token(key_, R"({"user":{"distinctId":"u"},"expiresIn":")" + lifetime + "\"}");
  }
  [[nodiscard]] std::string signer() { return signing_key(mine_, Environment::kSandbox).id.text(); }
  [[nodiscard]] std::vector<std::string> statuses() {
    std::vector<std::string> found;
    const auto listed = signing_keys_.list(mine_).value();
    for (const auto& key : listed) {
      if (key->environment != Environment::kSandbox) continue;
      found.emplace_back(
          model::enum_name(kSigningKeyStatusNames, status_at(key->times, clock_.now())));
    }
    return found;
  }
  [[nodiscard]] std::vector<std::string> audited() {
    return store_.read([](store::Connection& connection) -> base::Result<std::vector<std::string>> {
      store::Query query = connection.query(
          "SELECT action || ' ' || actor_kind || ' ' || actor_name || ' ' || subject_kind"
          " || ' ' || environment FROM audit_events ORDER BY id");
      std::vector<std::string> events;
      while (true) {
        ASSIGN_OR_RETURN(const bool row, query.next());
        if (!row) return events;
        events.push_back(query.text(0));
      }
    });
  }
  [[nodiscard]] std::int64_t erased() {
    const auto records = store_.read(
        [](store::Connection& connection) { return store::list_signing_keys(connection); });
    return std::ranges::count(records, "", &store::SigningKeyRecord::sealed_private_key);
  }

  model::ApiKey key_ = issue_key("key_1", mine_, Environment::kSandbox).key;
};

TEST_F(SigningKeyRotationTest, OverlapLetsNoTokenDieBeforeItsTime) {
  const std::string first = signer();
  const std::string old_token = new_token();
  ASSERT_EQ(rotate(RotationMode::kOverlap), "ok");
  EXPECT_THAT(statuses(), ElementsAre("next", "active"));
  EXPECT_EQ(signer(), first);
  clock_.advance(kPublishAhead - seconds(1));
  EXPECT_EQ(signer(), first);
  const std::string last_old_token = new_token();
  clock_.advance(seconds(1));
  EXPECT_NE(signer(), first);
  EXPECT_THAT(statuses(), ElementsAre("active", "retiring"));
  const std::string fresh_token = new_token();
  for (const std::string& token : {old_token, last_old_token, fresh_token}) {
    EXPECT_EQ(verify(token), "ok");
  }
  clock_.advance(kLifetimeMax - seconds(2));
  EXPECT_EQ(verify(last_old_token), "ok") << "in its last second";
  EXPECT_EQ(verify(old_token), "token_expired");
}

TEST_F(SigningKeyRotationTest, ARetiredKeyVerifiesNothingThoughNothingInTheStoreChanged) {
  const SigningKey old = signing_key(mine_, Environment::kSandbox);
  ASSERT_EQ(rotate(RotationMode::kOverlap), "ok");
  clock_.advance(kPublishAhead + kLifetimeMax + kClockSkew - seconds(1));
  base::json::object claims = claims_of(new_token());
  const std::string header =
      R"({"alg":"EdDSA","typ":"aracari-embed+jwt","kid":")" + old.id.text() + "\"}";
  const std::string forged = sign_texts(header, base::render_json(claims), old.private_key);
  EXPECT_EQ(verify(forged), "ok") << "the key is retiring; the token stays in the cache";
  const auto generation = store_.get().generation(store::Part::kSigningKeys);
  clock_.advance(seconds(1));
  EXPECT_EQ(verify(forged), "token_unknown_key");
  EXPECT_EQ(store_.get().generation(store::Part::kSigningKeys), generation);
  const Inspection inspection = verifier_.inspect(forged);
  EXPECT_EQ(inspection.authentic, nullptr);
  ASSERT_TRUE(inspection.signer.has_value());
  EXPECT_EQ(inspection.signer->id, old.id);
  EXPECT_EQ(inspection.signer->status, SigningKeyStatus::kRetired);
  clock_.advance(-seconds(1));
  EXPECT_EQ(verify(forged), "ok") << "the clock was set back";
}

TEST_F(SigningKeyRotationTest, AKeyThatDoesNotSignYetVerifiesAlready) {
  ASSERT_EQ(rotate(RotationMode::kOverlap), "ok");
  clock_.advance(kPublishAhead);
  const std::string token = new_token();
  clock_.advance(-seconds(20));
  EXPECT_EQ(verify(token), "ok") << "a node whose clock is behind";
}

TEST_F(SigningKeyRotationTest, AClockThatWasSetBackStillHasASigner) {
  clock_.advance(-hours(5));
  EXPECT_EQ(verify(new_token()), "ok");
  ASSERT_EQ(rotate(RotationMode::kEmergency), "ok");
  clock_.advance(-hours(5));
  EXPECT_EQ(verify(new_token()), "ok");
}

TEST_F(SigningKeyRotationTest, ASecondOverlapWaitsForTheFirst) {
  ASSERT_EQ(rotate(RotationMode::kOverlap), "ok");
  EXPECT_EQ(rotate(RotationMode::kOverlap), "conflict");
  clock_.advance(kPublishAhead - seconds(1));
  EXPECT_EQ(rotate(RotationMode::kOverlap), "conflict");
  EXPECT_THAT(audited(), ::testing::SizeIs(1));
  clock_.advance(seconds(1));
  EXPECT_EQ(rotate(RotationMode::kOverlap), "ok");
  EXPECT_THAT(statuses(), ElementsAre("next", "active", "retiring"));
}

TEST_F(SigningKeyRotationTest, AnEmergencyEndsEveryOlderKeyAndTokenAtOnce) {
  const std::string token = new_token();
  ASSERT_EQ(verify(token), "ok");
  ASSERT_EQ(rotate(RotationMode::kOverlap), "ok");
  ASSERT_EQ(rotate(RotationMode::kEmergency), "ok");
  EXPECT_THAT(statuses(), ::testing::UnorderedElementsAre("active", "revoked", "revoked"));
  EXPECT_EQ(verify(token), "token_unknown_key");
  EXPECT_EQ(verifier_.inspect(token).signer->status, SigningKeyStatus::kRevoked);
  EXPECT_EQ(verify(new_token()), "ok");
  clock_.advance(-hours(1));
  EXPECT_EQ(verify(token), "token_unknown_key") << "also where the clock is before the revocation";
}

TEST_F(SigningKeyRotationTest, RotationLeavesOtherEnvironmentsAndOrganizationsAlone) {
  const model::ApiKey live = issue_key("key_live", mine_, Environment::kProduction).key;
  const model::ApiKey theirs = issue_key("key_theirs", theirs_, Environment::kSandbox).key;
  const std::string body = R"({"user":{"distinctId":"u"}})";
  const std::vector<std::string> tokens = {mint_token(live, body), mint_token(theirs, body)};
  ASSERT_EQ(rotate(RotationMode::kEmergency), "ok");
  for (const std::string& token : tokens) EXPECT_EQ(verify(token), "ok");
}

TEST_F(SigningKeyRotationTest, TheAuditLogSaysWhoAndWhich) {
  ASSERT_EQ(rotate(RotationMode::kOverlap), "ok");
  ASSERT_EQ(rotate(RotationMode::kEmergency), "ok");
  EXPECT_THAT(
      audited(),
      ElementsAre("signing_key.rotated user ann@example.com signing_key sandbox",
                  "signing_key.emergency_rotated user ann@example.com signing_key sandbox"));
}

TEST_F(SigningKeyRotationTest, WhatCanNotBeAuditedDoesNotHappen) {
  store_.write([](store::Connection& connection) {
    return connection.run_script("ALTER TABLE audit_events RENAME TO gone");
  });
  const std::string token = new_token();
  EXPECT_NE(rotate(RotationMode::kEmergency), "ok");
  EXPECT_THAT(statuses(), ElementsAre("active"));
  EXPECT_EQ(verify(token), "ok");
}

TEST_F(SigningKeyRotationTest, TheScheduleRotatesAtTheDay) {
  clock_.advance(kRotationDays - seconds(1));
  ASSERT_TRUE(rotation_.run_schedule().ok());
  EXPECT_THAT(statuses(), ElementsAre("active"));
  clock_.advance(seconds(1));
  ASSERT_TRUE(rotation_.run_schedule().ok());
  ASSERT_TRUE(rotation_.run_schedule().ok());
  EXPECT_THAT(statuses(), ElementsAre("next", "active"));
  EXPECT_THAT(audited(), ::testing::SizeIs(4)) << "two organizations, two environments";
  EXPECT_THAT(
      audited(),
      ::testing::Each(::testing::StartsWith("signing_key.rotated server Rotation schedule")));
  clock_.advance(kPublishAhead);
  ASSERT_TRUE(rotation_.run_schedule().ok());
  EXPECT_THAT(statuses(), ElementsAre("active", "retiring"));
}

TEST_F(SigningKeyRotationTest, TheScheduleCanBeOff) {
  SigningKeyRotation by_hand(store_.get(), master_key_, clock_,
                             {kLifetimeMax, kPublishAhead, days(0)});
  clock_.advance(days(3650));
  ASSERT_TRUE(by_hand.run_schedule().ok());
  EXPECT_THAT(statuses(), ElementsAre("active"));
  EXPECT_THAT(audited(), IsEmpty());
}

TEST_F(SigningKeyRotationTest, PrivateHalvesAreErased31DaysAfterTheEndAndNotBefore) {
  const std::string token = new_token();
  ASSERT_EQ(rotate(RotationMode::kEmergency), "ok");
  clock_.advance(kKeptAfterEnd);
  ASSERT_TRUE(rotation_.run_schedule().ok());
  EXPECT_EQ(erased(), 0);
  clock_.advance(seconds(1));
  ASSERT_TRUE(rotation_.run_schedule().ok());
  EXPECT_EQ(erased(), 1);
  EXPECT_THAT(statuses(), ::testing::UnorderedElementsAre("active", "revoked"))
      << "the record explains it still";
  EXPECT_EQ(verify(token), "token_unknown_key");
}

TEST_F(SigningKeyRotationTest, ARetiredKeyIsErasedAndNeverSignsAgain) {
  ASSERT_EQ(rotate(RotationMode::kOverlap), "ok");
  const std::string first = signer();
  clock_.advance(kPublishAhead + kLifetimeMax + kClockSkew + kKeptAfterEnd);
  ASSERT_TRUE(rotation_.run_schedule().ok());
  EXPECT_EQ(erased(), 0);
  clock_.advance(seconds(1));
  ASSERT_TRUE(rotation_.run_schedule().ok());
  EXPECT_EQ(erased(), 1);
  clock_.advance(-days(60));
  EXPECT_NE(signer(), first);
  EXPECT_EQ(verify(new_token()), "ok");
}

TEST_F(SigningKeyRotationTest, OnlyKeysThatVerifyArePublished) {
  const auto published = [&] {
    const auto keys = signing_keys_.get().value();
    return publish_keys(*keys, clock_.now());
  };
  const auto count = [&] {
    return base::parse_json(published().json).value().at("keys").as_array().size();
  };
  const PublishedKeys before = published();
  EXPECT_EQ(count(), 4U);
  EXPECT_EQ(published().etag, before.etag);
  ASSERT_EQ(rotate(RotationMode::kOverlap), "ok");
  EXPECT_EQ(count(), 5U) << "next";
  EXPECT_NE(published().etag, before.etag);
  clock_.advance(kPublishAhead + kLifetimeMax + kClockSkew - seconds(1));
  EXPECT_EQ(count(), 5U) << "retiring";
  clock_.advance(seconds(1));
  EXPECT_EQ(count(), 4U) << "retired";
  ASSERT_EQ(rotate(RotationMode::kEmergency), "ok");
  EXPECT_EQ(count(), 4U);
  EXPECT_THAT(published().json, ::testing::Not(::testing::HasSubstr("\"d\"")));
}

}  // namespace
}  // namespace auth
