// A rotation of the master key, and a crash after each of its steps.

#include "auth/master_key_rotation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/auth_test_support.h"
#include "auth/master_key_file.h"
#include "base/base64url.h"
#include "crypto/aes_gcm.h"
#include "store/databases.h"
#include "store/signing_keys.h"

namespace auth {
namespace {

using base::Secret;

class MasterKeyRotationTest : public AuthTest {
 protected:
  MasterKeyRotationTest() { EXPECT_TRUE(write_key_file(place_.file(), master_key_).ok()); }

  [[nodiscard]] base::Result<Secret> start() {
    return open_master_key(store_.get(), place_, CutOffRotation::kFinish);
  }
  [[nodiscard]] bool exists(const std::string& file) { return std::filesystem::exists(file); }
  [[nodiscard]] std::string in_file() {
    return read_key_file(place_.file()).value().value().reveal_secret();
  }
  /// Whether the signing keys open under `key`.
  [[nodiscard]] std::string opens_under(const Secret& key) {
    SigningKeys keys(store_.get(), key, clock_, kLifetimeMax);
    return outcome_of(keys.get());
  }
  /// What every crash has to end as after one start: one file, its key the store's.
  void expect_whole(const Secret& key) {
    const auto started = start();
    ASSERT_TRUE(started.ok()) << started.error().what;
    EXPECT_EQ(started->reveal_secret(), key.reveal_secret());
    EXPECT_EQ(in_file(), key.reveal_secret());
    EXPECT_FALSE(exists(place_.next_file()));
    EXPECT_EQ(opens_under(key), "ok");
  }

  MasterKeyPlace place_{Secret(""), store_.folder().path()};
  Secret next_ = new_master_key();
};

TEST_F(MasterKeyRotationTest, EverythingIsUnderTheNewKeyAndNothingUnderTheOld) {
  const std::string before =
      base::parse_base64url(store_
                                .read([](store::Connection& connection) {
                                  return store::list_signing_keys(connection);
                                })
                                .front()
                                .sealed_private_key)
          .value();
  ASSERT_TRUE(rotate_master_key_file(store_.get(), place_, master_key_).ok());
  const Secret rotated = start().value();
  EXPECT_NE(rotated.reveal_secret(), master_key_.reveal_secret());
  expect_whole(rotated);
  EXPECT_EQ(opens_under(master_key_), "config_invalid");
  const auto records = store_.read(
      [](store::Connection& connection) { return store::list_signing_keys(connection); });
  EXPECT_NE(base::parse_base64url(records.front().sealed_private_key), before);
}

TEST_F(MasterKeyRotationTest, TokensOutliveIt) {
  const model::ApiKey key = issue_key("key_1", mine_, model::Environment::kSandbox).key;
  const std::string token = mint_token(key, R"({"user":{"distinctId":"u"}})");
  ASSERT_TRUE(rotate_master_key_file(store_.get(), place_, master_key_).ok());
  SigningKeys keys(store_.get(), start().value(), clock_, kLifetimeMax);
  TokenVerifier verifier(keys, api_keys_, revocations_, views_, clock_, {kLifetimeMax, {}});
  EXPECT_EQ(outcome_of(verifier.verify(token, std::nullopt)), "ok");
}

TEST_F(MasterKeyRotationTest, PasswordsOfDatabasesAreSealedAnew) {
  const base::DatabaseId id("dbs_1");
  const auto settings = [&](const std::string& password) {
    return model::PostgresSettings{
        "host",
        5432,
        "shop",
        "",
        "reader",
        base::render_base64url(crypto::seal_aes_gcm(Secret(password), master_key_, id.text())),
        model::TlsMode::kVerifyFull};
  };
  model::Database database{id, "Shop", model::DatabaseKind::kPostgres, "", settings("live")};
  database.sandbox = settings("trial");
  ASSERT_TRUE(store_.get()
                  .write([&](store::Connection& connection) {
                    return store::insert_database(connection, mine_, database);
                  })
                  .ok());
  ASSERT_TRUE(rotate_master_key_file(store_.get(), place_, master_key_).ok());
  const Secret rotated = start().value();
  const auto stored = store_
                          .read([&](store::Connection& connection) {
                            return store::list_databases(connection, mine_);
                          })
                          .front();
  const auto opened = [&](const model::PostgresSettings& kept, const Secret& key) {
    const std::string sealed = base::parse_base64url(kept.sealed_password).value();
    const auto password = crypto::open_aes_gcm(sealed, key, id.text());
    return password ? password->reveal_secret() : "closed";
  };
  EXPECT_EQ(opened(*stored.postgres, rotated), "live");
  EXPECT_EQ(opened(*stored.sandbox, rotated), "trial");
  EXPECT_EQ(opened(*stored.postgres, master_key_), "closed");
}

TEST_F(MasterKeyRotationTest, ACrashWhileTheNewFileIsWritten) {
  store_.folder().write("master.key.next", "half");
  expect_whole(master_key_);
}

TEST_F(MasterKeyRotationTest, ACrashAfterTheNewFile) {
  ASSERT_TRUE(write_next_key(place_, next_).ok());
  expect_whole(master_key_);
}

TEST_F(MasterKeyRotationTest, ACrashAfterEverythingIsSealedAnew) {
  ASSERT_TRUE(write_next_key(place_, next_).ok());
  ASSERT_TRUE(reseal(store_.get(), master_key_, next_).ok());
  expect_whole(next_);
}

TEST_F(MasterKeyRotationTest, ACrashAfterTheRename) {
  ASSERT_TRUE(write_next_key(place_, next_).ok());
  ASSERT_TRUE(reseal(store_.get(), master_key_, next_).ok());
  ASSERT_TRUE(put_next_key_in_place(place_).ok());
  expect_whole(next_);
}

TEST_F(MasterKeyRotationTest, ACommandBesideItTouchesNoFileAndFindsTheRightKey) {
  const auto beside = [&] {
    return open_master_key(store_.get(), place_, CutOffRotation::kLeave).value().reveal_secret();
  };
  ASSERT_TRUE(write_next_key(place_, next_).ok());
  EXPECT_EQ(beside(), master_key_.reveal_secret());
  EXPECT_TRUE(exists(place_.next_file())) << "the rotation still needs it";
  ASSERT_TRUE(reseal(store_.get(), master_key_, next_).ok());
  EXPECT_EQ(beside(), next_.reveal_secret());
  EXPECT_TRUE(exists(place_.next_file()));
  EXPECT_EQ(in_file(), master_key_.reveal_secret());
}

TEST_F(MasterKeyRotationTest, WhoStillHoldsTheOldKeySealsNothingUnderIt) {
  ASSERT_TRUE(rotate_master_key_file(store_.get(), place_, master_key_).ok());
  EXPECT_EQ(
      outcome_of(rotation_.rotate(mine_, model::Environment::kSandbox, RotationMode::kEmergency,
                                  {model::ActorKind::kCommandLine, "", "", ""})),
      "config_invalid");
  expect_whole(start().value());
}

TEST_F(MasterKeyRotationTest, AllOrNothingIsSealedAnew) {
  store_.write([](store::Connection& connection) {
    return connection.run_script(
        "UPDATE signing_keys SET sealed_private_key = 'AAAA' WHERE id ="
        " (SELECT max(id) FROM signing_keys)");
  });
  const auto before = store_.read(
      [](store::Connection& connection) { return store::list_signing_keys(connection); });
  EXPECT_FALSE(rotate_master_key_file(store_.get(), place_, master_key_).ok());
  const auto after = store_.read(
      [](store::Connection& connection) { return store::list_signing_keys(connection); });
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(after[i].sealed_private_key, before[i].sealed_private_key);
  }
  EXPECT_EQ(start()->reveal_secret(), master_key_.reveal_secret());
  EXPECT_FALSE(exists(place_.next_file()));
}

TEST_F(MasterKeyRotationTest, AFullDiskChangesNothing) {
  store_.write([](store::Connection& connection) {
    return connection.run_script(
        "CREATE TRIGGER full BEFORE UPDATE ON master_key BEGIN SELECT raise(ABORT, 'full'); END");
  });
  EXPECT_FALSE(rotate_master_key_file(store_.get(), place_, master_key_).ok());
  expect_whole(master_key_);
}

TEST_F(MasterKeyRotationTest, NeitherTheSameKeyNorAWrongPresentOneRotates) {
  EXPECT_EQ(outcome_of(reseal(store_.get(), master_key_, master_key_)), "config_invalid");
  EXPECT_EQ(outcome_of(reseal(store_.get(), next_, new_master_key())), "config_invalid");
  expect_whole(master_key_);
}

TEST_F(MasterKeyRotationTest, ErasedKeysStayErased) {
  const SigningKey key = signing_key(mine_, model::Environment::kSandbox);
  store_.write([&](store::Connection& connection) {
    return store::set_sealed_private_key(connection, mine_, key.id, "");
  });
  ASSERT_TRUE(rotate_master_key_file(store_.get(), place_, master_key_).ok());
  const auto records = store_.read(
      [](store::Connection& connection) { return store::list_signing_keys(connection); });
  EXPECT_EQ(std::ranges::count(records, "", &store::SigningKeyRecord::sealed_private_key), 1);
}

}  // namespace
}  // namespace auth
