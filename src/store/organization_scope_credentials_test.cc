// Keys, users, sessions and revocations of an organization: what another one asks for or changes
// is not there, and its own stays as it is.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/revocations.h"
#include "store/sessions.h"
#include "store/store_test_support.h"

namespace store {
namespace {

using base::Code;
using model::Environment;
using model::RevocationKind;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class OrganizationScopeOfCredentials : public ::testing::Test {
 protected:
  OrganizationScopeOfCredentials() {
    write([&](Connection& c) { return insert_user(c, user_, "hash"); });
  }
  template <typename Body>
  void write(Body body) {
    store_.write(std::move(body));
  }
  template <typename Body>
  auto read(Body body) {
    return store_.read(std::move(body));
  }
  template <typename Body>
  [[nodiscard]] Code refusal_of(Body body) {
    const auto result = store_.get().write(std::move(body));
    return result ? Code::kInternal : result.error().code;
  }
  void add_session(const std::string& id) {
    const model::Session session{base::SessionId(id),          mine_, user_.id, now_, now_,
                                 now_ + std::chrono::hours(1), "",    ""};
    write([&](Connection& c) { return insert_session(c, session, "hash of " + id); });
  }
  [[nodiscard]] std::vector<model::Session> sessions(const base::OrgId& organization) {
    return read(
        [&](Connection& c) { return list_sessions(c, organization, user_.id, kAnyTimes, 10); });
  }
  void revoke(RevocationKind kind, const std::string& subject) {
    const model::Revocation revocation{
        base::RevocationId("rev_" + subject), kind,  subject, Environment::kSandbox, now_,
        now_ + std::chrono::hours(1),         "ada", ""};
    write([&](Connection& c) { return insert_revocation(c, mine_, revocation); });
  }
  [[nodiscard]] model::ApiKey key(const std::string& id) {
    return *read([&](Connection& c) { return find_api_key(c, mine_, base::ApiKeyId(id)); });
  }

  TestStore store_;
  base::OrgId mine_ = add_organization(store_, "org_mine");
  base::OrgId theirs_ = add_organization(store_, "org_theirs");
  model::User user_{base::UserId("usr_1"), mine_, "ada@mine.example", model::Role::kAdmin};
  const base::Seconds now_{std::chrono::seconds(1'800'000'000)};
};

TEST_F(OrganizationScopeOfCredentials, Sessions) {
  add_session("ses_1");
  add_session("ses_2");
  EXPECT_THAT(sessions(mine_), SizeIs(2));
  EXPECT_THAT(sessions(theirs_), IsEmpty());
  const base::SessionId first("ses_1");
  write([&](Connection& c) {
    return touch_session(c, theirs_, first, now_ + std::chrono::minutes(5));
  });
  EXPECT_EQ(sessions(mine_)[0].last_seen_at, now_);
  EXPECT_EQ(refusal_of([&](Connection& c) { return delete_session(c, theirs_, user_.id, first); }),
            Code::kNotFound);
  write([&](Connection& c) { return delete_other_sessions(c, theirs_, user_.id, first); });
  EXPECT_THAT(sessions(mine_), SizeIs(2));
}

TEST_F(OrganizationScopeOfCredentials, PasswordHashes) {
  model::User stranger = user_;
  stranger.organization = theirs_;
  EXPECT_EQ(refusal_of([&](Connection& c) {
              return replace_password_hash(c, stranger, "hash", "another hash");
            }),
            Code::kConflict);
}

TEST_F(OrganizationScopeOfCredentials, RolledKeysAndTheirChildren) {
  model::ApiKey child = make_api_key("key_child", mine_, Environment::kSandbox);
  child.parent = base::ApiKeyId("key_old");
  write([&](Connection& c) -> base::Result<base::Done> {
    RETURN_IF_ERROR(
        insert_api_key(c, make_api_key("key_old", mine_, Environment::kSandbox), "hash old"));
    RETURN_IF_ERROR(
        insert_api_key(c, make_api_key("key_new", mine_, Environment::kSandbox), "hash new"));
    return insert_api_key(c, child, "hash child");
  });
  write([&](Connection& c) {
    return replace_api_key(c, theirs_, base::ApiKeyId("key_old"), base::ApiKeyId("key_new"), now_);
  });
  EXPECT_EQ(key("key_old").expires_at, std::nullopt);
  EXPECT_EQ(key("key_child").parent, base::ApiKeyId("key_old"));
}

TEST_F(OrganizationScopeOfCredentials, Revocations) {
  revoke(RevocationKind::kToken, "jti");
  revoke(RevocationKind::kDashboard, "dsh_1");
  const auto of_token = [&](const base::OrgId& organization) {
    return read([&](Connection& c) {
      return find_token_revocations(c, organization, Environment::kSandbox, "jti", "someone");
    });
  };
  EXPECT_THAT(of_token(mine_), SizeIs(1));
  EXPECT_THAT(of_token(theirs_), IsEmpty());
  EXPECT_THAT(read([&](Connection& c) { return list_content_revocations(c, theirs_); }), IsEmpty());
  EXPECT_EQ(read([&](Connection& c) { return find_last_revocation_time(c, theirs_); }),
            std::nullopt);
  const RevocationPage page = read([&](Connection& c) { return list_revocations(c, theirs_, 10); });
  EXPECT_THAT(page.newest, IsEmpty());
  EXPECT_EQ(page.total, 0);
}

TEST_F(OrganizationScopeOfCredentials, SigningKeys) {
  const base::SigningKeyId id("sig_1");
  write([&](Connection& c) {
    return insert_signing_key(
        c, {id, mine_, Environment::kSandbox, "public", "sealed", now_, now_, std::nullopt});
  });
  const auto keys = [&](const base::OrgId& organization) {
    return read(
        [&](Connection& c) { return list_signing_keys(c, organization, Environment::kSandbox); });
  };
  EXPECT_THAT(keys(theirs_), IsEmpty());
  write(
      [&](Connection& c) { return revoke_signing_keys(c, theirs_, Environment::kSandbox, now_); });
  EXPECT_EQ(refusal_of([&](Connection& c) { return set_sealed_private_key(c, theirs_, id, ""); }),
            Code::kNotFound);
  ASSERT_THAT(keys(mine_), SizeIs(1));
  EXPECT_EQ(keys(mine_)[0].revoked_at, std::nullopt);
  EXPECT_EQ(keys(mine_)[0].sealed_private_key, "sealed");
}

}  // namespace
}  // namespace store
