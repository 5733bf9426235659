#include "auth/master_key.h"

#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/auth_test_support.h"
#include "auth/master_key_file.h"
#include "crypto/hash.h"

namespace auth {
namespace {

using base::Secret;

class MasterKeyTest : public ::testing::Test {
 protected:
  MasterKeyTest() { crypto::init(); }

  [[nodiscard]] base::Result<Secret> open(const std::string& encoded = "") {
    return open_master_key(store_.get(), {Secret(encoded), folder()}, CutOffRotation::kFinish);
  }
  [[nodiscard]] std::string folder() const { return store_.folder().path(); }
  [[nodiscard]] std::string file() const { return store_.folder().path("master.key"); }
  void write_key(const std::string& text, ::mode_t mode = 0600) const {
    store_.folder().write("master.key", text);
    ASSERT_EQ(::chmod(file().c_str(), mode), 0);
  }
  void seal_something(const Secret& key) {
    const base::OrgId organization = store::add_organization(store_, "org_a");
    store_.write([&](store::Connection& connection) {
      return create_signing_keys(connection, organization, key, base::Seconds());
    });
  }
  [[nodiscard]] std::optional<std::string> fingerprint() {
    return store_.read([](store::Connection& connection) {
      return store::find_master_key_fingerprint(connection);
    });
  }
  void forget_fingerprint() {
    store_.write([](store::Connection& connection) {
      return connection.run_script("DELETE FROM master_key");
    });
  }

  store::TestStore store_;
  const std::string x_ = base::render_base64url(std::string(32, 'x'));
  const std::string y_ = base::render_base64url(std::string(32, 'y'));
  const Secret key_x_{std::string(32, 'x')};
};

TEST_F(MasterKeyTest, IsMadeOnceWithMode0600) {
  const auto made = open();
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->reveal_secret().size(), 32U);
  struct stat status{};
  ASSERT_EQ(::stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  EXPECT_EQ(open()->reveal_secret(), made->reveal_secret());
  EXPECT_EQ(fingerprint(), std::nullopt) << "nothing is sealed yet";
}

TEST_F(MasterKeyTest, TheFirstSecretKeepsTheFingerprintAndNotTheKey) {
  seal_something(key_x_);
  EXPECT_EQ(fingerprint(), fingerprint_of(key_x_));
  EXPECT_EQ(fingerprint_of(key_x_).size(), 43U);
  EXPECT_NE(fingerprint_of(key_x_), x_);
  EXPECT_NE(fingerprint_of(key_x_), base::render_base64url(crypto::sha256(std::string(32, 'x'))))
      << "is labelled";
}

TEST_F(MasterKeyTest, ALostKeyIsNotReplaced) {
  seal_something(key_x_);
  const auto refused = open();
  EXPECT_EQ(outcome_of(refused), "config_invalid");
  EXPECT_THAT(refused.error().what, ::testing::HasSubstr("is missing"));
  EXPECT_FALSE(std::filesystem::exists(file()));
  forget_fingerprint();
  EXPECT_EQ(outcome_of(open()), "config_invalid");
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(MasterKeyTest, AnotherKeyIsRefusedAndNothingIsChanged) {
  seal_something(key_x_);
  write_key(y_);
  EXPECT_EQ(outcome_of(open()), "config_invalid");
  EXPECT_EQ(outcome_of(open(y_)), "config_invalid");
  EXPECT_EQ(base::read_whole_file(file()), y_);
  EXPECT_EQ(fingerprint(), fingerprint_of(key_x_));
  EXPECT_EQ(open(x_)->reveal_secret(), key_x_.reveal_secret());
}

TEST_F(MasterKeyTest, AStoreWithoutFingerprintGetsItOnceTheKeyIsProven) {
  seal_something(key_x_);
  forget_fingerprint();
  EXPECT_EQ(outcome_of(open(y_)), "config_invalid");
  EXPECT_EQ(fingerprint(), std::nullopt);
  EXPECT_TRUE(open(x_).ok());
  EXPECT_EQ(fingerprint(), fingerprint_of(key_x_));
}

TEST_F(MasterKeyTest, NothingIsSealedUnderAnotherKeyThanTheRest) {
  seal_something(key_x_);
  const base::OrgId added = store::add_organization(store_, "org_b");
  const auto refused = store_.get().write([&](store::Connection& connection) {
    return create_signing_keys(connection, added, Secret(std::string(32, 'y')), base::Seconds());
  });
  EXPECT_EQ(outcome_of(refused), "config_invalid");
  EXPECT_EQ(fingerprint(), fingerprint_of(key_x_));
}

TEST_F(MasterKeyTest, OfTheConfigurationGoesBeforeTheFile) {
  write_key(y_);
  EXPECT_EQ(open(x_)->reveal_secret(), key_x_.reveal_secret());
  EXPECT_EQ(open()->reveal_secret(), std::string(32, 'y'));
}

TEST_F(MasterKeyTest, AFileThatOthersMayReadIsRefused) {
  for (const ::mode_t mode : {0640U, 0604U, 0660U, 0601U, 0620U, 0777U}) {
    write_key(x_, mode);
    const auto refused = open();
    EXPECT_EQ(outcome_of(refused), "config_invalid") << mode;
    EXPECT_THAT(refused.error().what, ::testing::HasSubstr("chmod 600"));
    EXPECT_THAT(refused.error().what, ::testing::Not(::testing::HasSubstr(x_)));
  }
  write_key(x_, 0400);
  EXPECT_TRUE(open().ok());
}

TEST_F(MasterKeyTest, OfAnotherFormIsRefusedWithoutShowingIt) {
  for (const std::string& encoded :
       {std::string("short"), x_ + "A", x_.substr(1), x_ + "=", " " + x_, std::string(200, 'A')}) {
    const auto given = open(encoded);
    EXPECT_EQ(outcome_of(given), "config_invalid");
    EXPECT_EQ(given.error().what.find(encoded), std::string::npos);
    write_key(encoded);
    EXPECT_EQ(outcome_of(open()), "config_invalid");
    EXPECT_EQ(base::read_whole_file(file()), encoded) << "was overwritten";
  }
}

TEST_F(MasterKeyTest, AnEmptyFileIsNoKeyAndIsKept) {
  write_key("");
  EXPECT_EQ(outcome_of(open()), "config_invalid");
  EXPECT_TRUE(std::filesystem::exists(file()));
}

TEST_F(MasterKeyTest, MayEndWithALineBreak) {
  write_key(x_ + "\r\n");
  EXPECT_EQ(open()->reveal_secret(), key_x_.reveal_secret());
}

TEST_F(MasterKeyTest, AFileThatCanNotBeReadIsAnError) {
  std::filesystem::create_directory(file());
  EXPECT_EQ(outcome_of(open()), "storage_failed");
}

TEST_F(MasterKeyTest, AFolderThatIsNotThereIsAnError) {
  EXPECT_EQ(outcome_of(open_master_key(store_.get(), {Secret(""), folder() + "/none"},
                                       CutOffRotation::kFinish)),
            "storage_failed");
}

}  // namespace
}  // namespace auth
