#include "http/xlsx_file.h"

#include <filesystem>
#include <iterator>

#include <gtest/gtest.h>

#include "base/folder_test_support.h"

namespace http {
namespace {

using model::Cell;
using model::ValueType;

std::ptrdiff_t count_entries(const std::string& folder) {
  return std::distance(std::filesystem::directory_iterator(folder), {});
}

std::ptrdiff_t open_descriptors() { return count_entries("/proc/self/fd"); }

source::ResultSet rows_of(std::int64_t count) {
  source::ResultSet result;
  result.columns.push_back({"x", ValueType::kInteger, {}});
  result.columns.push_back({"y", ValueType::kString, {}});
  for (std::int64_t i = 0; i < count; ++i) {
    result.columns[0].cells.emplace_back(i);
    result.columns[1].cells.emplace_back("=1+1");
  }
  return result;
}

const std::vector<FileColumn> kColumns = {{"X", model::NumberFormat{true, 1, "\""}, false},
                                          {"=Y", {}, false}};

std::string content_of(XlsxFile file) {
  auto whole = std::move(file).finish();
  EXPECT_TRUE(whole.ok());
  std::string content;
  while (true) {
    const std::string piece = whole->read().value();
    if (piece.empty()) return content;
    content += piece;
  }
}

class XlsxFileTest : public ::testing::Test {
 protected:
  base::TestFolder folder_;
  std::string spill_ = folder_.path("spill");
};

TEST_F(XlsxFileTest, IsAnArchiveOfWhichNoNameIsLeft) {
  const auto before = open_descriptors();
  {
    auto file = XlsxFile::create(spill_, kColumns);
    ASSERT_TRUE(file.ok()) << file.error().detail;
    ASSERT_TRUE(file->append(rows_of(5000)).ok());
    const std::string content = content_of(std::move(*file));
    EXPECT_EQ(content.substr(0, 4), "PK\x03\x04");
    EXPECT_NE(content.find("xl/worksheets/sheet1.xml"), std::string::npos);
    EXPECT_EQ(count_entries(spill_), 0);
  }
  EXPECT_EQ(open_descriptors(), before);
}

TEST_F(XlsxFileTest, AbandonedItLeavesNothingOpenAndNothingBehind) {
  const auto before = open_descriptors();
  for (int i = 0; i < 3; ++i) {
    auto file = XlsxFile::create(spill_, kColumns);
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(file->append(rows_of(10)).ok());
  }
  EXPECT_EQ(open_descriptors(), before);
  EXPECT_EQ(count_entries(spill_), 0);
}

TEST_F(XlsxFileTest, HoldsAsManyRowsAsASheetAndNoMore) {
  auto file = XlsxFile::create(spill_, kColumns);
  ASSERT_TRUE(file.ok());
  const source::ResultSet many = rows_of(1 << 16);
  std::int64_t written = 0;
  for (; written + (1 << 16) <= kXlsxRowsMax; written += 1 << 16) {
    ASSERT_TRUE(file->append(many).ok()) << written;
  }
  ASSERT_TRUE(file->append(rows_of(kXlsxRowsMax - written)).ok());
  const auto refused = file->append(rows_of(1));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::Code::kQueryTooLarge);
}

TEST_F(XlsxFileTest, AFolderThatCanNotBeUsedIsAnError) {
  const auto file = XlsxFile::create("/proc/none", kColumns);
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().code, base::Code::kStorageFailed);
  EXPECT_EQ(file.error().what.find("/proc"), std::string::npos);
}

}  // namespace
}  // namespace http
