#include "app/data_directory_lock.h"

#include <optional>

#include <gtest/gtest.h>

#include "base/folder_test_support.h"

namespace app {
namespace {

TEST(DataDirectoryLock, IsSharedByServersAndHasOneExclusiveHolder) {
  const base::TestFolder folder;
  const auto take = [&](LockMode mode) {
    return DataDirectoryLock::take(folder.path(), mode, "Taken.");
  };
  std::optional<DataDirectoryLock> held = take(LockMode::kShared).value();
  EXPECT_TRUE(take(LockMode::kShared).ok());
  EXPECT_FALSE(take(LockMode::kExclusive).ok());
  held.reset();
  held.emplace(take(LockMode::kExclusive).value());
  const auto refused = take(LockMode::kShared);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::Code::kConflict);
  EXPECT_EQ(refused.error().what, "Taken.");
  held.reset();
  EXPECT_TRUE(take(LockMode::kExclusive).ok());
}

TEST(DataDirectoryLock, NeedsTheFolder) {
  const base::TestFolder folder;
  const auto refused = DataDirectoryLock::take(folder.path("none"), LockMode::kShared, "Taken.");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::Code::kStorageFailed);
}

}  // namespace
}  // namespace app
