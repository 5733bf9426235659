#include "auth/api_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/auth_test_support.h"

namespace auth {
namespace {

using model::Environment;
using model::Scope;

class ApiKeysTest : public AuthTest {
 protected:
  [[nodiscard]] std::string authenticate(const std::string& secret, Scope scope = Scope::kMint) {
    return outcome_of(api_keys_.authenticate(secret, scope));
  }
  [[nodiscard]] std::optional<base::Seconds> last_used(const model::ApiKey& key) {
    return store_
        .read([&](store::Connection& connection) {
          return store::find_api_key(connection, key.organization, key.id);
        })
        ->last_used_at;
  }
};

TEST_F(ApiKeysTest, AKeyGivesItsRecord) {
  const IssuedKey issued = issue_key("key_1", mine_, Environment::kProduction);
  for (int time = 0; time < 2; ++time) {
    const auto found = api_keys_.authenticate(issued.secret, Scope::kMint);
    ASSERT_TRUE(found.ok());
    EXPECT_EQ((*found)->key.id, issued.key.id);
    EXPECT_EQ((*found)->key.organization, mine_);
    EXPECT_EQ((*found)->key.environment, Environment::kProduction);
  }
}

TEST_F(ApiKeysTest, AMissingAndAnEmptyKeyAreMissing) {
  EXPECT_EQ(outcome_of(api_keys_.authenticate(std::nullopt, Scope::kMint)),
            "api_key_missing x-api-key");
  EXPECT_EQ(authenticate(""), "api_key_missing x-api-key");
}

TEST_F(ApiKeysTest, UnknownMalformedAndMistypedKeysGetOneAnswer) {
  const IssuedKey issued = issue_key("key_1", mine_, Environment::kSandbox);
  const std::string unknown = new_api_key(Environment::kSandbox).reveal_secret();
  EXPECT_EQ(authenticate(unknown), "api_key_invalid x-api-key");
  EXPECT_EQ(authenticate("x"), "api_key_invalid x-api-key");
  EXPECT_EQ(authenticate(issued.secret + "a"), "api_key_invalid x-api-key");
  const auto refusal = api_keys_.authenticate(unknown, Scope::kMint);
  EXPECT_THAT(refusal.error().what, ::testing::Not(::testing::HasSubstr(unknown)));
}

TEST_F(ApiKeysTest, TheIdOrTheHashOfAKeyIsNotTheKey) {
  const IssuedKey issued = issue_key("key_1", mine_, Environment::kSandbox);
  ASSERT_EQ(authenticate(issued.secret), "ok");
  ASSERT_TRUE(api_keys_.find(mine_, issued.key.id).ok());
  EXPECT_EQ(authenticate("key_1"), "api_key_invalid x-api-key");
  EXPECT_EQ(authenticate(hash_of_secret(issued.secret)), "api_key_invalid x-api-key");
}

TEST_F(ApiKeysTest, ARevokedKeyIsRefusedAtOnceThoughItWasRemembered) {
  const IssuedKey issued = issue_key("key_1", mine_, Environment::kSandbox);
  ASSERT_EQ(authenticate(issued.secret), "ok");
  revoke(issued.key);
  EXPECT_EQ(authenticate(issued.secret), "api_key_revoked x-api-key");
  EXPECT_TRUE((*api_keys_.find(mine_, issued.key.id))->key.revoked_at.has_value());
}

TEST_F(ApiKeysTest, AKeyRevokedByAnotherProcessIsRefusedOnceThatWasNoticed) {
  const IssuedKey issued = issue_key("key_1", mine_, Environment::kSandbox);
  ASSERT_EQ(authenticate(issued.secret), "ok");
  const auto other = store::expect_value(store::Store::open(store_.folder().path()));
  ASSERT_TRUE(other
                  ->write([&](store::Connection& connection) {
                    return store::revoke_api_key(connection, mine_, issued.key.id, kNow);
                  })
                  .ok());
  store_.get().notice_foreign_changes();
  EXPECT_EQ(authenticate(issued.secret), "api_key_revoked x-api-key");
}

TEST_F(ApiKeysTest, AKeyIsValidUntilTheSecondOfItsExpiry) {
  model::ApiKey key = store::make_api_key("key_1", mine_, Environment::kSandbox);
  key.expires_at = kNow + std::chrono::seconds(10);
  const IssuedKey issued = issue_key(key);
  clock_.advance(std::chrono::seconds(9));
  EXPECT_EQ(authenticate(issued.secret), "ok");
  clock_.advance(std::chrono::seconds(1));
  EXPECT_EQ(authenticate(issued.secret), "api_key_expired x-api-key");
}

TEST_F(ApiKeysTest, AKeyDoesOnlyWhatItsScopesSay) {
  model::ApiKey key = store::make_api_key("key_1", mine_, Environment::kSandbox);
  key.scopes = {Scope::kIntrospect};
  const IssuedKey issued = issue_key(key);
  EXPECT_EQ(authenticate(issued.secret, Scope::kIntrospect), "ok");
  EXPECT_EQ(authenticate(issued.secret, Scope::kMint), "scope_missing x-api-key");
  key.id = base::ApiKeyId("key_2");
  key.scopes = {};
  EXPECT_EQ(authenticate(issue_key(key).secret, Scope::kIntrospect), "scope_missing x-api-key");
}

TEST_F(ApiKeysTest, FindsAKeyOnlyForItsOwnOrganization) {
  const IssuedKey issued = issue_key("key_1", mine_, Environment::kSandbox);
  EXPECT_EQ(api_keys_.find(theirs_, issued.key.id).value(), nullptr);
  EXPECT_NE(api_keys_.find(mine_, issued.key.id).value(), nullptr);
  EXPECT_EQ(api_keys_.find(theirs_, issued.key.id).value(), nullptr) << "now remembered";
  EXPECT_EQ(api_keys_.find(mine_, base::ApiKeyId("key_none")).value(), nullptr);
}

TEST_F(ApiKeysTest, UsesAreWrittenWhenFlushed) {
  const IssuedKey issued = issue_key("key_1", mine_, Environment::kSandbox);
  ASSERT_EQ(authenticate(issued.secret), "ok");
  clock_.advance(std::chrono::seconds(5));
  ASSERT_EQ(authenticate(issued.secret), "ok");
  EXPECT_EQ(last_used(issued.key), std::nullopt);
  const std::uint64_t generation = store_.get().generation(store::Part::kApiKeys);
  ASSERT_TRUE(api_keys_.flush_uses().ok());
  EXPECT_EQ(last_used(issued.key), kNow + std::chrono::seconds(5));
  EXPECT_EQ(store_.get().generation(store::Part::kApiKeys), generation) << "a use decides nothing";
}

TEST_F(ApiKeysTest, ARefusedKeyWasNotUsed) {
  const IssuedKey issued = issue_key("key_1", mine_, Environment::kSandbox);
  revoke(issued.key);
  ASSERT_EQ(authenticate(issued.secret), "api_key_revoked x-api-key");
  ASSERT_TRUE(api_keys_.flush_uses().ok());
  EXPECT_EQ(last_used(issued.key), std::nullopt);
}

TEST_F(ApiKeysTest, UsesThatCouldNotBeWrittenAreKept) {
  const IssuedKey issued = issue_key("key_1", mine_, Environment::kSandbox);
  ASSERT_EQ(authenticate(issued.secret), "ok");
  store_.read([](store::Connection& connection) {
    return connection.run_script("ALTER TABLE api_keys RENAME TO away");
  });
  EXPECT_FALSE(api_keys_.flush_uses().ok());
  store_.read([](store::Connection& connection) {
    return connection.run_script("ALTER TABLE away RENAME TO api_keys");
  });
  ASSERT_TRUE(api_keys_.flush_uses().ok());
  EXPECT_EQ(last_used(issued.key), kNow);
}

}  // namespace
}  // namespace auth
