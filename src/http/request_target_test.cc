#include "http/request_target.h"

#include <gtest/gtest.h>

namespace http {
namespace {

TEST(RequestTargetTest, DecodesThePathOnceAndLeavesTheQuery) {
  const auto target = parse_request_target("/a%20b/%25%32f/...//c?x=%2F..&y?z");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/a b/%2f/...//c");
  EXPECT_EQ(target->query, "x=%2F..&y?z");
  EXPECT_EQ(parse_request_target("/")->path, "/");
  EXPECT_EQ(parse_request_target("/?")->query, "");
  EXPECT_EQ(parse_request_target("/%F0%9F%90%A6")->path, "/\xf0\x9f\x90\xa6");
}

TEST(RequestTargetTest, RefusesWhatTwoReadersCouldReadDifferently) {
  for (const char* target : {"",     "a",    "*",         "http://a/", "//a/../b", "/..",   "/.",
                             "/a/.", "/%2e", "/.%2E/",    "/a\\b",     "/%5C",     "/%2f",  "/%2F",
                             "/%",   "/%1",  "/%g1",      "/%1g",      "/%%41",    "/%00",  "/%1f",
                             "/%7F", "/a b", "/\xc3\xa4", "/a#b",      "/a?b c",   "/a?b#c"}) {
    EXPECT_FALSE(parse_request_target(target)) << target;
  }
}

TEST(RequestTargetTest, RefusesInvalidUtf8) {
  for (const char* target : {"/%80", "/%c3", "/%c3/", "/%c0%af", "/%e0%80%af", "/%ed%a0%80",
                             "/%f4%90%80%80", "/%f8%88%80%80%80", "/%ff", "/%c0%80"}) {
    EXPECT_FALSE(parse_request_target(target)) << target;
  }
}

}  // namespace
}  // namespace http
