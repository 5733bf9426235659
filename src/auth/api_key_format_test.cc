#include "auth/api_key_format.h"

#include <set>

#include <gtest/gtest.h>

namespace auth {
namespace {

using model::Environment;

TEST(ApiKeyFormat, AFreshKeyTellsItsEnvironment) {
  const std::string sandbox = new_api_key(Environment::kSandbox).reveal_secret();
  const std::string production = new_api_key(Environment::kProduction).reveal_secret();
  EXPECT_TRUE(sandbox.starts_with("ara_sandbox_"));
  EXPECT_TRUE(production.starts_with("ara_live_"));
  EXPECT_EQ(check_api_key_form(sandbox), Environment::kSandbox);
  EXPECT_EQ(check_api_key_form(production), Environment::kProduction);
  EXPECT_EQ(sandbox.size(), std::string("ara_sandbox_").size() + 43 + 6);
}

TEST(ApiKeyFormat, NoTwoKeysAreAlike) {
  std::set<std::string> keys;
  for (int i = 0; i < 100; ++i) keys.insert(new_api_key(Environment::kSandbox).reveal_secret());
  EXPECT_EQ(keys.size(), 100U);
}

TEST(ApiKeyFormat, EveryTypoOfOneCharacterIsRefused) {
  const std::string key = new_api_key(Environment::kProduction).reveal_secret();
  int accepted = 0;
  for (std::size_t i = 0; i < key.size(); ++i) {
    std::string typo = key;
    typo[i] = typo[i] == 'a' ? 'b' : 'a';
    if (check_api_key_form(typo)) ++accepted;
  }
  EXPECT_EQ(accepted, 0);
}

TEST(ApiKeyFormat, OtherFormsAreRefused) {
  const std::string key = new_api_key(Environment::kSandbox).reveal_secret();
  const std::string body = key.substr(std::string("ara_sandbox_").size());
  for (const std::string& form :
       {std::string(), std::string("ara_sandbox_"), body, "ara_live_" + body, "ARA_SANDBOX_" + body,
        key + "a", key.substr(0, key.size() - 1), " " + key, key + "\n", key + std::string(1, '\0'),
        std::string(100'000, 'a')}) {
    EXPECT_EQ(check_api_key_form(form), std::nullopt) << form.substr(0, 100);
  }
}

TEST(ApiKeyFormat, TheStoredHashIsNotTheKeyAndIsTheSameEachTime) {
  const std::string key = new_api_key(Environment::kSandbox).reveal_secret();
  EXPECT_EQ(hash_of_secret(key), hash_of_secret(key));
  EXPECT_NE(hash_of_secret(key), hash_of_secret(key + "a"));
  EXPECT_EQ(hash_of_secret("abc"), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
}

}  // namespace
}  // namespace auth
