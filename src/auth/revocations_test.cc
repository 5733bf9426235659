#include "auth/revocations.h"

#include <future>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/auth_test_support.h"
#include "store/revocations.h"

namespace auth {
namespace {

using model::Environment;
using model::RevocationKind;

class RevocationsTest : public AuthTest {
 protected:
  [[nodiscard]] std::string verify(const std::string& token) {
    return outcome_of(verifier_.verify(token, std::nullopt));
  }
  [[nodiscard]] std::string mint_for(const std::string& distinct_id) {
    return mint_token(key_, R"({"user":{"distinctId":")" + distinct_id + "\"}}");
  }
  [[nodiscard]] model::Revocation revocation(RevocationKind kind, const std::string& subject,
                                             Environment environment) const {
    return {base::RevocationId("rev_" + subject),
            kind,
            subject,
            environment,
            clock_.now(),
            clock_.now() + kLifetimeMax,
            "ada@example.com",
            ""};
  }
  void revoke_subject(RevocationKind kind, const std::string& subject,
                      Environment environment = Environment::kSandbox) {
    store_.write([&](store::Connection& connection) {
      return store::insert_revocation(connection, mine_, revocation(kind, subject, environment));
    });
  }
  [[nodiscard]] static std::string id_of(const std::string& token) {
    return std::string(claims_of(token).at("jti").as_string());
  }

  model::ApiKey key_ = issue_key("key_1", mine_, Environment::kSandbox).key;
};

TEST_F(RevocationsTest, ATokenEndsAloneThoughItWasBelievedBefore) {
  const std::string token = mint_for("user-1");
  const std::string sibling = mint_for("user-1");
  ASSERT_EQ(verify(token), "ok");
  ASSERT_EQ(verify(sibling), "ok");
  revoke_subject(RevocationKind::kToken, id_of(token));
  EXPECT_EQ(verify(token), "token_revoked");
  EXPECT_EQ(verify(sibling), "ok");
}

TEST_F(RevocationsTest, AnEndUserEndsInOneEnvironmentAndOrganization) {
  const std::string token = mint_for("user-1");
  const std::string other = mint_for("user-2");
  const model::ApiKey live = issue_key("key_live", mine_, Environment::kProduction).key;
  const model::ApiKey foreign = issue_key("key_foreign", theirs_, Environment::kSandbox).key;
  const std::string kBody = R"({"user":{"distinctId":"user-1"}})";
  const std::string production = mint_token(live, kBody);
  const std::string theirs = mint_token(foreign, kBody);
  revoke_subject(RevocationKind::kEndUser, "user-1");
  EXPECT_EQ(verify(token), "token_revoked");
  EXPECT_EQ(verify(other), "ok");
  EXPECT_EQ(verify(production), "ok");
  EXPECT_EQ(verify(theirs), "ok");
}

TEST_F(RevocationsTest, AnEnvironmentEndsWhole) {
  const std::string token = mint_for("user-1");
  const model::ApiKey live = issue_key("key_live", mine_, Environment::kProduction).key;
  const std::string production = mint_token(live, R"({"user":{"distinctId":"user-1"}})");
  revoke_subject(RevocationKind::kEnvironment, "");
  EXPECT_EQ(verify(token), "token_revoked");
  EXPECT_EQ(verify(production), "ok");
}

TEST_F(RevocationsTest, WhatIsMintedAfterwardsWorksAndNothingIsMintedDead) {
  const std::string kBody = R"({"user":{"distinctId":"user-1"}})";
  const std::string before = mint_for("user-1");
  revoke_subject(RevocationKind::kEndUser, "user-1");
  const auto refused = mint_.mint(key_, kBody);
  ASSERT_EQ(outcome_of(refused), "unavailable");
  EXPECT_EQ(refused.error().retry_after, std::chrono::seconds(1));
  EXPECT_EQ(verify(mint_for("user-2")), "ok");
  clock_.advance(std::chrono::seconds(1));
  const std::string after = mint_for("user-1");
  EXPECT_EQ(verify(before), "token_revoked");
  EXPECT_EQ(verify(after), "ok");
  revoke_subject(RevocationKind::kEndUser, "user-1");
  EXPECT_EQ(verify(after), "token_revoked") << "a second revocation in the next second";
}

TEST_F(RevocationsTest, AClockThatStepsBackUnlocksNothing) {
  const std::string before = mint_for("user-1");
  clock_.advance(std::chrono::minutes(10));
  revoke_subject(RevocationKind::kEndUser, "user-1");
  clock_.advance(std::chrono::minutes(-10));
  EXPECT_EQ(verify(before), "token_revoked");
  EXPECT_EQ(outcome_of(mint_.mint(key_, R"({"user":{"distinctId":"user-1"}})")), "unavailable");
}

TEST_F(RevocationsTest, ContentGoesOutOfReachOfWhatWasMintedBefore) {
  const std::string before = mint_for("user-1");
  revoke_subject(RevocationKind::kDashboard, "dsh_mine");
  revoke_subject(RevocationKind::kChart, "cht_mine");
  clock_.advance(std::chrono::seconds(1));
  const std::string after = mint_for("user-1");
  const auto old_principal = verifier_.verify(before, std::nullopt);
  ASSERT_TRUE(old_principal.ok());
  EXPECT_THAT(old_principal->embed()->revoked_dashboards,
              ::testing::ElementsAre(base::DashboardId("dsh_mine")));
  EXPECT_THAT(old_principal->embed()->revoked_charts,
              ::testing::ElementsAre(base::ChartId("cht_mine")));
  const auto new_principal = verifier_.verify(after, std::nullopt);
  ASSERT_TRUE(new_principal.ok());
  EXPECT_TRUE(new_principal->embed()->revoked_dashboards.empty());
  EXPECT_TRUE(new_principal->embed()->revoked_charts.empty());
}

TEST_F(RevocationsTest, ContentRevokedInTheOtherEnvironmentStaysInReach) {
  const std::string token = mint_for("user-1");
  revoke_subject(RevocationKind::kDashboard, "dsh_mine", Environment::kProduction);
  revoke_subject(RevocationKind::kChart, "cht_mine", Environment::kProduction);
  const auto principal = verifier_.verify(token, std::nullopt);
  ASSERT_TRUE(principal.ok());
  EXPECT_TRUE(principal->embed()->revoked_dashboards.empty());
  EXPECT_TRUE(principal->embed()->revoked_charts.empty());
}

TEST_F(RevocationsTest, AnotherProcessesRevocationIsInForceOnceNoticed) {
  const std::string token = mint_for("user-1");
  ASSERT_EQ(verify(token), "ok");
  const auto other = store::expect_value(store::Store::open(store_.folder().path()));
  ASSERT_TRUE(other
                  ->write([&](store::Connection& connection) {
                    return store::insert_revocation(
                        connection, mine_,
                        revocation(RevocationKind::kToken, id_of(token), Environment::kSandbox));
                  })
                  .ok());
  store_.get().notice_foreign_changes();
  EXPECT_EQ(verify(token), "token_revoked");
}

TEST_F(RevocationsTest, NotBeingAbleToLookRefuses) {
  const std::string token = mint_for("user-1");
  store_.write([](store::Connection& connection) {
    return connection.run_script("ALTER TABLE revocations RENAME TO hidden");
  });
  EXPECT_EQ(verify(token), "storage_failed");
}

TEST_F(RevocationsTest, AKnownTokenDoesNotWaitForTheLookUpOfAnother) {
  const std::string known = mint_for("user-1");
  const std::string unknown = mint_for("user-2");
  ASSERT_EQ(verify(known), "ok");
  std::future<std::string> cold;
  std::future<std::string> warm;
  store_.read([&](store::Connection&) -> base::Result<base::Done> {
    cold = std::async(std::launch::async, [&] { return verify(unknown); });
    EXPECT_EQ(cold.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout)
        << "it needs the store";
    warm = std::async(std::launch::async, [&] { return verify(known); });
    EXPECT_EQ(warm.wait_for(std::chrono::seconds(5)), std::future_status::ready);
    return base::Done{};
  });
  EXPECT_EQ(cold.get(), "ok");
}

TEST_F(RevocationsTest, WhatIsRevokedIsDeadAtOnceWhateverOtherThreadsDo) {
  constexpr int kRounds = 40;
  const auto work = [&](const std::string& user) {
    for (int round = 0; round < kRounds; ++round) {
      const std::string token = mint_for(user + std::to_string(round));
      EXPECT_EQ(verify(token), "ok");
      revoke_subject(RevocationKind::kToken, id_of(token));
      EXPECT_EQ(verify(token), "token_revoked");
    }
  };
  std::thread first([&] { work("a-"); });
  std::thread second([&] { work("b-"); });
  first.join();
  second.join();
}

TEST_F(RevocationsTest, AreForgottenAMonthAfterTheirTokensAreDeadAnyway) {
  revoke_subject(RevocationKind::kToken, "jti-1");
  const auto forget = [&](base::Seconds now) {
    return store_.write([&](store::Connection& connection) {
      return store::delete_ended_revocations(connection, now, 1000);
    });
  };
  const base::Seconds end = kNow + kLifetimeMax + std::chrono::days(31);
  EXPECT_EQ(forget(kNow + std::chrono::days(7)), 0) << "as a clock that is days ahead for a minute";
  EXPECT_EQ(forget(end - std::chrono::seconds(1)), 0);
  EXPECT_EQ(forget(end), 1);
  EXPECT_EQ(forget(end), 0);
}

TEST_F(RevocationsTest, AreListedForTheirOwnOrganizationOnly) {
  revoke_subject(RevocationKind::kToken, "jti-1");
  revoke_subject(RevocationKind::kToken, "jti-1");
  revoke_subject(RevocationKind::kEndUser, "user-1");
  const auto list = [&](const base::OrgId& organization) {
    return store_.read([&](store::Connection& connection) {
      return store::list_revocations(connection, organization, 1);
    });
  };
  EXPECT_EQ(list(mine_).total, 2);
  EXPECT_EQ(list(mine_).newest.size(), 1U);
  EXPECT_EQ(list(theirs_).total, 0);
}

TEST_F(RevocationsTest, ExplainsWhoRevokedWhat) {
  const std::string token = mint_for("user-1");
  revoke_subject(RevocationKind::kEndUser, "user-1");
  clock_.advance(std::chrono::minutes(90));
  const Inspection inspection = verifier_.inspect(token);
  ASSERT_EQ(inspection.reasons.size(), 2U);
  EXPECT_EQ(inspection.reasons[0].code, base::Code::kTokenRevoked);
  EXPECT_EQ(inspection.reasons[1].code, base::Code::kTokenExpired);
  ASSERT_NE(inspection.revocations, nullptr);
  EXPECT_EQ(inspection.revocations->of_token.at(0).revoked_by, "ada@example.com");
}

}  // namespace
}  // namespace auth
