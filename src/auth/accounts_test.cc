#include "auth/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/account_test_support.h"

namespace auth {
namespace {

using base::Secret;
using model::AuditAction;
using model::Role;

using AccountsTest = AccountTest;

TEST_F(AccountsTest, AnOrganizationComesWithItsAdminAndItsSigningKeys) {
  EXPECT_FALSE(accounts_.is_set_up().value());
  const auto admin = create("Acme", "ada@acme.example", password_);
  ASSERT_TRUE(admin.ok());
  EXPECT_TRUE(accounts_.is_set_up().value());
  EXPECT_EQ(admin->role, Role::kAdmin);
  SigningKeys keys(store_.get(), Secret(std::string(32, 'k')), clock_, std::chrono::hours(24));
  EXPECT_EQ(keys.get().value()->size(), 2U);
  const auto stored = store_.read([](store::Connection& connection) {
    return store::find_user_for_sign_in(connection, "ada@acme.example");
  });
  ASSERT_TRUE(stored.has_value());
  EXPECT_EQ(stored->user.organization, admin->organization);
  EXPECT_EQ(stored->user.id, admin->id);
  EXPECT_EQ(stored->user.role, Role::kAdmin);
}

TEST_F(AccountsTest, TheAuditLogNamesWhoCreatedThem) {
  const model::User admin = create_ada();
  const auto organizations = events_of(admin.organization, AuditAction::kOrganizationCreated);
  ASSERT_EQ(organizations.size(), 1U);
  EXPECT_EQ(organizations[0].actor.kind, model::ActorKind::kCommandLine);
  EXPECT_EQ(organizations[0].subject.id, admin.organization.text());
  const auto users = events_of(admin.organization, AuditAction::kUserCreated);
  ASSERT_EQ(users.size(), 1U);
  EXPECT_EQ(users[0].actor.name, "Command line");
  EXPECT_EQ(users[0].subject.id, admin.id.text());
  EXPECT_EQ(users[0].detail, "Role: admin.");
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

TEST_F(AccountsTest, AddsUsersOfEveryRoleOnce) {
  const model::User admin = create_ada();
  const NewUser wanted{"max@acme.example", Secret(password_), Role::kExplorer};
  const auto user = accounts_.create_user(admin.organization, wanted, kSomebody);
  ASSERT_TRUE(user.ok());
  EXPECT_EQ(user->role, Role::kExplorer);
  EXPECT_EQ(outcome_of(accounts_.create_user(admin.organization, wanted, kSomebody)),
            "conflict email");
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
