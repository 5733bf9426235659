#include "auth/accounts.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/auth_test_support.h"

namespace auth {
namespace {

using base::Secret;
using model::Role;

class AccountsTest : public ::testing::Test {
 protected:
  AccountsTest() { crypto::init(); }

  [[nodiscard]] base::Result<model::User> create(const std::string& organization,
                                                 const std::string& email,
                                                 const std::string& password) {
    return accounts_.create_organization(organization, {email, Secret(password), Role::kAdmin});
  }
  [[nodiscard]] std::string sign_in(const std::string& email, const std::string& password) {
    return outcome_of(accounts_.sign_in(email, Secret(password)));
  }
  [[nodiscard]] Session session_of(const model::User& user) {
    return store::expect_value(accounts_.open_session(user));
  }

  store::TestStore store_;
  base::FixedClock clock_{base::Seconds(std::chrono::seconds(1'800'000'000))};
  Accounts accounts_{store_.get(), Secret(std::string(32, 'k')), clock_};
  const std::string password_ = "correct horse battery";
};

TEST_F(AccountsTest, AnOrganizationComesWithItsAdminAndItsSigningKeys) {
  EXPECT_FALSE(accounts_.is_set_up().value());
  const auto admin = create("Acme", "ada@acme.example", password_);
  ASSERT_TRUE(admin.ok());
  EXPECT_TRUE(accounts_.is_set_up().value());
  EXPECT_EQ(admin->role, Role::kAdmin);
  SigningKeys keys(store_.get(), Secret(std::string(32, 'k')), clock_, std::chrono::hours(24));
  EXPECT_EQ(keys.get().value()->size(), 2U);
  const auto session = accounts_.sign_in("ada@acme.example", Secret(password_));
  ASSERT_TRUE(session.ok());
  const auto signed_in = accounts_.find_signed_in(session->secret.reveal_secret());
  ASSERT_TRUE(signed_in.ok());
  EXPECT_EQ(signed_in->principal.organization(), admin->organization);
  EXPECT_EQ(signed_in->principal.user(), admin->id);
  EXPECT_EQ(signed_in->principal.role(), Role::kAdmin);
  EXPECT_FALSE(signed_in->principal.embed().has_value());
}

TEST_F(AccountsTest, ThePasswordIsNowhereInTheDataDirectory) {
  ASSERT_TRUE(create("Acme", "ada@acme.example", password_).ok());
  for (const std::string name : {"aracari.db", "aracari.db-wal"}) {
    EXPECT_THAT(base::read_whole_file(store_.folder().path(name)),
                ::testing::Not(::testing::HasSubstr(password_)));
  }
}

TEST_F(AccountsTest, RefusesBadOrganizationsEmailsAndPasswordsByField) {
  EXPECT_EQ(outcome_of(create("", "a@b", password_)), "invalid_body organization");
  EXPECT_EQ(outcome_of(create(std::string(101, 'a'), "a@b", password_)),
            "invalid_body organization");
  for (const std::string& email :
       {std::string(), std::string("a"), std::string("@b"), std::string("a@"), std::string("a@b@c"),
        std::string("a b@c"), std::string("a@b\n"), std::string(255, 'a') + "@b"}) {
    EXPECT_EQ(outcome_of(create("Acme", email, password_)), "invalid_body email") << email;
  }
  EXPECT_EQ(outcome_of(create("Acme", "a@b", "elevenchars")), "invalid_body password");
  EXPECT_EQ(outcome_of(create("Acme", "a@b", std::string(1025, 'a'))), "invalid_body password");
  EXPECT_FALSE(accounts_.is_set_up().value());
}

TEST_F(AccountsTest, NothingIsLeftOfAnOrganizationWhoseAdminExists) {
  ASSERT_TRUE(create("Acme", "ada@acme.example", password_).ok());
  EXPECT_EQ(outcome_of(create("Bolt", "ADA@acme.example", password_)), "conflict email");
  const auto organizations = store_.read(
      [](store::Connection& connection) { return store::list_organizations(connection); });
  EXPECT_EQ(organizations.size(), 1U);
  SigningKeys keys(store_.get(), Secret(std::string(32, 'k')), clock_, std::chrono::hours(24));
  EXPECT_EQ(keys.get().value()->size(), 2U);
}

TEST_F(AccountsTest, AWrongPasswordAndAnUnknownEmailGetOneAnswer) {
  ASSERT_TRUE(create("Acme", "ada@acme.example", password_).ok());
  const auto wrong = accounts_.sign_in("ada@acme.example", Secret("wrong horse battery"));
  const auto unknown = accounts_.sign_in("eve@acme.example", Secret(password_));
  EXPECT_EQ(outcome_of(wrong), "wrong_credentials");
  EXPECT_EQ(outcome_of(unknown), "wrong_credentials");
  EXPECT_EQ(wrong.error().what, unknown.error().what);
  EXPECT_EQ(sign_in("ada@acme.example", ""), "wrong_credentials");
  EXPECT_EQ(sign_in("", ""), "wrong_credentials");
  EXPECT_EQ(sign_in("ADA@ACME.example", password_), "ok");
}

TEST_F(AccountsTest, AnUnknownEmailCostsTheWorkOfAKnownOne) {
  ASSERT_TRUE(create("Acme", "ada@acme.example", password_).ok());
  (void)accounts_.sign_in("warm@up", Secret("x"));
  const auto least_time_of = [&](const std::string& email) {
    auto least = std::chrono::steady_clock::duration::max();
    for (int time = 0; time < 3; ++time) {
      const auto begin = std::chrono::steady_clock::now();
      (void)accounts_.sign_in(email, Secret("wrong horse battery"));
      least = std::min(least, std::chrono::steady_clock::now() - begin);
    }
    return least;
  };
  EXPECT_GT(least_time_of("eve@acme.example"), least_time_of("ada@acme.example") / 4);
}

TEST_F(AccountsTest, NobodySignsInToAnInactiveOrganization) {
  const model::User user = create("Acme", "ada@acme.example", password_).value();
  const Session session = session_of(user);
  store_.write([](store::Connection& connection) {
    return connection.run_script("UPDATE organizations SET active = 0");
  });
  EXPECT_EQ(sign_in("ada@acme.example", password_), "wrong_credentials");
  EXPECT_EQ(outcome_of(accounts_.find_signed_in(session.secret.reveal_secret())), "not_signed_in");
}

TEST_F(AccountsTest, ASessionEndsAfterTwelveHours) {
  const model::User user = create("Acme", "ada@acme.example", password_).value();
  const Session session = session_of(user);
  clock_.advance(kSessionLifetime - std::chrono::seconds(1));
  EXPECT_TRUE(accounts_.find_signed_in(session.secret.reveal_secret()).ok());
  clock_.advance(std::chrono::seconds(1));
  EXPECT_EQ(outcome_of(accounts_.find_signed_in(session.secret.reveal_secret())), "not_signed_in");
}

TEST_F(AccountsTest, ASessionEndsWhenItsUserSignsOut) {
  const model::User user = create("Acme", "ada@acme.example", password_).value();
  const Session first = session_of(user);
  const Session second = session_of(user);
  ASSERT_TRUE(accounts_.sign_out(first.secret.reveal_secret()).ok());
  EXPECT_EQ(outcome_of(accounts_.find_signed_in(first.secret.reveal_secret())), "not_signed_in");
  EXPECT_TRUE(accounts_.find_signed_in(second.secret.reveal_secret()).ok());
}

TEST_F(AccountsTest, OnlyTheSecretOpensASession) {
  const Session session = session_of(create("Acme", "ada@acme.example", password_).value());
  const std::string secret = session.secret.reveal_secret();
  EXPECT_EQ(outcome_of(accounts_.find_signed_in(std::nullopt)), "not_signed_in");
  EXPECT_EQ(outcome_of(accounts_.find_signed_in("")), "not_signed_in");
  EXPECT_EQ(outcome_of(accounts_.find_signed_in(hash_of_secret(secret))), "not_signed_in");
  EXPECT_EQ(outcome_of(accounts_.find_signed_in(secret + " ")), "not_signed_in");
  EXPECT_THAT(base::read_whole_file(store_.folder().path("aracari.db-wal")),
              ::testing::Not(::testing::HasSubstr(secret)));
}

TEST_F(AccountsTest, AddsUsersOfEveryRoleOnce) {
  const model::User admin = create("Acme", "ada@acme.example", password_).value();
  const NewUser wanted{"max@acme.example", Secret(password_), Role::kExplorer};
  const auto user = accounts_.create_user(admin.organization, wanted);
  ASSERT_TRUE(user.ok());
  EXPECT_EQ(user->role, Role::kExplorer);
  EXPECT_EQ(outcome_of(accounts_.create_user(admin.organization, wanted)), "conflict email");
}

TEST(SetupSecret, WorksOnce) {
  crypto::init();
  SetupSecret setup;
  const std::string secret = setup.secret().reveal_secret();
  int created = 0;
  const auto create = [&]() -> base::Result<base::Done> {
    ++created;
    return base::Done{};
  };
  EXPECT_EQ(outcome_of(setup.use("", create)), "setup_secret_wrong setupSecret");
  EXPECT_EQ(outcome_of(setup.use(secret + "a", create)), "setup_secret_wrong setupSecret");
  EXPECT_EQ(created, 0);
  EXPECT_EQ(outcome_of(setup.use(secret, create)), "ok");
  EXPECT_EQ(outcome_of(setup.use(secret, create)), "setup_done");
  EXPECT_EQ(created, 1);
}

TEST(SetupSecret, OutlivesASetUpThatFailed) {
  crypto::init();
  SetupSecret setup;
  const std::string secret = setup.secret().reveal_secret();
  const auto fail = []() -> base::Result<base::Done> {
    return base::Error{base::Code::kInvalidBody, "No.", {}, "email"};
  };
  const auto succeed = []() -> base::Result<base::Done> { return base::Done{}; };
  EXPECT_EQ(outcome_of(setup.use(secret, fail)), "invalid_body email");
  EXPECT_EQ(outcome_of(setup.use(secret, succeed)), "ok");
}

TEST(SetupSecret, IsAnotherOneEachTime) {
  crypto::init();
  EXPECT_NE(SetupSecret().secret().reveal_secret(), SetupSecret().secret().reveal_secret());
}

}  // namespace
}  // namespace auth
