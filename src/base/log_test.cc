#include "base/log.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"

namespace base {
namespace {

/// The lines that `write` logs, at level info.
template <typename Write>
std::vector<std::string> lines_of(Write write) {
  ::testing::internal::CaptureStderr();
  open_log(LogLevel::kInfo);
  write();
  std::istringstream text(::testing::internal::GetCapturedStderr());
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

TEST(Log, WritesOneJsonObjectALine) {
  const auto lines = lines_of([] { log(LogLevel::kInfo, "started", {{"port", "8080"}}); });
  ASSERT_EQ(lines.size(), 1U);
  const auto line = parse_json(lines[0]);
  ASSERT_TRUE(line.ok()) << lines[0];
  EXPECT_EQ(line->at("level"), "info");
  EXPECT_EQ(line->at("event"), "started");
  EXPECT_EQ(line->at("port"), "8080");
  EXPECT_EQ(std::string(line->at("time").as_string()).size(), 24U);
}

TEST(Log, NoValueForgesALineOrAField) {
  const std::string forged = "x\"}\n{\"level\":\"error\",\"event\":\"forged {} %v\"}\r\x1b[31m";
  const auto lines = lines_of([&] { log(LogLevel::kWarning, forged, {{forged, forged}}); });
  ASSERT_EQ(lines.size(), 1U);
  const auto line = parse_json(lines[0]);
  ASSERT_TRUE(line.ok()) << lines[0];
  EXPECT_EQ(line->as_object().size(), 4U);
  EXPECT_EQ(std::string(line->at("event").as_string()), forged);
  EXPECT_EQ(std::string(line->at(forged).as_string()), forged);
  EXPECT_THAT(lines[0], ::testing::Not(::testing::HasSubstr("\x1b")));
}

TEST(Log, DropsWhatIsBelowItsLevel) {
  EXPECT_TRUE(lines_of([] { log(LogLevel::kDebug, "detail"); }).empty());
}

TEST(Log, AnErrorTellsItsCodeWhatAndDetail) {
  const auto lines = lines_of([] {
    log_error("failed", {Code::kStorageFull, "The disk is full.", "SQLITE_FULL"}, {{"id", "1"}});
    log_error("failed", {Code::kInternal, "No."});
  });
  ASSERT_EQ(lines.size(), 2U);
  const auto first = parse_json(lines[0]).value();
  EXPECT_EQ(first.at("code"), "storage_full");
  EXPECT_EQ(first.at("what"), "The disk is full.");
  EXPECT_EQ(first.at("detail"), "SQLITE_FULL");
  EXPECT_EQ(first.at("id"), "1");
  EXPECT_FALSE(parse_json(lines[1])->as_object().contains("detail"));
}

}  // namespace
}  // namespace base
