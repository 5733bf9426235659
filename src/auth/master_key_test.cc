#include "auth/master_key.h"

#include <sys/stat.h>

#include <gtest/gtest.h>

#include "auth/auth_test_support.h"

namespace auth {
namespace {

using base::Secret;

class MasterKeyTest : public ::testing::Test {
 protected:
  MasterKeyTest() { crypto::init(); }

  [[nodiscard]] base::Result<Secret> load(const std::string& encoded, MissingKey missing) {
    return load_master_key(Secret(encoded), folder_.path(), missing);
  }

  base::TestFolder folder_;
  const std::string key_ = base::render_base64url(std::string(32, 'x'));
};

TEST_F(MasterKeyTest, IsMadeOnceWithMode0600) {
  const auto made = load("", MissingKey::kCreate);
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->reveal_secret().size(), 32U);
  struct stat file{};
  ASSERT_EQ(::stat(folder_.path("master.key").c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600U);
  const auto read = load("", MissingKey::kRefuse);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->reveal_secret(), made->reveal_secret());
}

TEST_F(MasterKeyTest, IsNotMadeWhereSecretsExist) {
  const auto refused = load("", MissingKey::kRefuse);
  EXPECT_EQ(outcome_of(refused), "config_invalid");
  EXPECT_FALSE(std::filesystem::exists(folder_.path("master.key")));
}

TEST_F(MasterKeyTest, OfTheConfigurationGoesBeforeTheFile) {
  folder_.write("master.key", base::render_base64url(std::string(32, 'y')));
  EXPECT_EQ(load(key_, MissingKey::kRefuse)->reveal_secret(), std::string(32, 'x'));
  EXPECT_EQ(load("", MissingKey::kRefuse)->reveal_secret(), std::string(32, 'y'));
}

TEST_F(MasterKeyTest, OfAnotherFormIsRefusedWithoutShowingIt) {
  for (const std::string& encoded : {std::string("short"), key_ + "A", key_.substr(1), key_ + "=",
                                     " " + key_, std::string(200, 'A')}) {
    const auto given = load(encoded, MissingKey::kCreate);
    EXPECT_EQ(outcome_of(given), "config_invalid");
    EXPECT_EQ(given.error().what.find(encoded), std::string::npos);
    folder_.write("master.key", encoded);
    EXPECT_EQ(outcome_of(load("", MissingKey::kCreate)), "config_invalid");
    EXPECT_EQ(base::read_whole_file(folder_.path("master.key")), encoded) << "was overwritten";
  }
}

TEST_F(MasterKeyTest, AnEmptyFileIsNoKeyAndIsKept) {
  folder_.write("master.key", "");
  EXPECT_EQ(outcome_of(load("", MissingKey::kCreate)), "config_invalid");
}

TEST_F(MasterKeyTest, MayEndWithALineBreak) {
  folder_.write("master.key", key_ + "\r\n");
  EXPECT_EQ(load("", MissingKey::kRefuse)->reveal_secret(), std::string(32, 'x'));
}

TEST_F(MasterKeyTest, AFileThatCanNotBeReadIsAnError) {
  std::filesystem::create_directory(folder_.path("master.key"));
  EXPECT_EQ(outcome_of(load("", MissingKey::kCreate)), "storage_failed");
}

TEST_F(MasterKeyTest, AFolderThatIsNotThereIsAnError) {
  EXPECT_EQ(outcome_of(load_master_key(Secret(""), folder_.path("none"), MissingKey::kCreate)),
            "storage_failed");
}

}  // namespace
}  // namespace auth
