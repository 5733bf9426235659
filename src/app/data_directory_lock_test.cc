#include "app/data_directory_lock.h"

#include <optional>

#include <gtest/gtest.h>

#include "base/folder_test_support.h"

namespace app {
namespace {

TEST(DataDirectoryLock, HasOneHolderAtATime) {
  const base::TestFolder folder;
  std::optional<DataDirectoryLock> held = DataDirectoryLock::take(folder.path(), "Taken.").value();
  const auto refused = DataDirectoryLock::take(folder.path(), "Taken.");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::Code::kConflict);
  EXPECT_EQ(refused.error().what, "Taken.");
  held.reset();
  EXPECT_TRUE(DataDirectoryLock::take(folder.path(), "Taken.").ok());
}

TEST(DataDirectoryLock, NeedsTheFolder) {
  const base::TestFolder folder;
  const auto refused = DataDirectoryLock::take(folder.path("none"), "Taken.");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::Code::kStorageFailed);
}

}  // namespace
}  // namespace app
