#include "http/static_files.h"

#include <array>

#include <gtest/gtest.h>

namespace http {
namespace {

constexpr std::array kAssets = {
    Asset{"/a.svg", "image/svg+xml", "\"a1\"", "plain a", "", "", false},
    Asset{"/b-0abc.js", "text/javascript", "\"b1\"", "plain b", "gzip b", "brotli b", true},
};

Request request_for(std::string path,
                    std::vector<std::pair<std::string, std::string>> headers = {}) {
  Request request;
  request.method = Method::kGet;
  request.path = std::move(path);
  request.headers = std::move(headers);
  return request;
}

std::string header_of(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST(StaticFilesTest, FindsExactPathsOnly) {
  const StaticFiles files(kAssets);
  const auto found = files.find(request_for("/a.svg"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->status, 200);
  EXPECT_EQ(found->content_type, "image/svg+xml");
  EXPECT_EQ(found->fixed_body, "plain a");
  EXPECT_EQ(header_of(*found, "cache-control"), "no-cache");
  EXPECT_EQ(header_of(*found, "vary"), "Accept-Encoding");
  for (const char* path : {"/", "/a", "/a.svg/", "/A.svg", "/z", ""}) {
    EXPECT_FALSE(files.find(request_for(path))) << path;
  }
  Request post = request_for("/a.svg");
  post.method = Method::kPost;
  EXPECT_FALSE(files.find(post));
}

TEST(StaticFilesTest, NegotiatesTheEncoding) {
  const StaticFiles files(kAssets);
  const std::vector<std::pair<std::string, std::string>> cases = {{"gzip, deflate, br", "br"},
                                                                  {"gzip", "gzip"},
                                                                  {"GZIP;Q=0.5", "gzip"},
                                                                  {"br;q=0, gzip", "gzip"},
                                                                  {"br;q=0.000,gzip ; q=0", ""},
                                                                  {"*", "br"},
                                                                  {"*;q=0", ""},
                                                                  {"br;q=0, *", "gzip"},
                                                                  {"", ""},
                                                                  {"identity", ""},
                                                                  {"brotli", ""},
                                                                  {"br;q=0.001", "br"},
                                                                  {",,;;,", ""}};
  for (const auto& [accepted, expected] : cases) {
    const auto found = files.find(request_for("/b-0abc.js", {{"accept-encoding", accepted}}));
    ASSERT_TRUE(found) << accepted;
    EXPECT_EQ(header_of(*found, "content-encoding"), expected) << accepted;
    EXPECT_EQ(found->fixed_body, expected == "br"     ? "brotli b"
                                 : expected == "gzip" ? "gzip b"
                                                      : "plain b")
        << accepted;
  }
}

TEST(StaticFilesTest, AnswersConditionalRequestsPerEncoding) {
  const StaticFiles files(kAssets);
  const auto status = [&](std::string tag, std::string accepted) {
    return files
        .find(request_for("/b-0abc.js",
                          {{"if-none-match", std::move(tag)}, {"accept-encoding", accepted}}))
        ->status;
  };
  EXPECT_EQ(status("\"b1\"", ""), 304);
  EXPECT_EQ(status("\"x\", W/\"b1-br\"", "br"), 304);
  EXPECT_EQ(status("*", "br"), 304);
  EXPECT_EQ(status("\"b1\"", "br"), 200);
  EXPECT_EQ(status("\"b1-br\"", "gzip"), 200);
  EXPECT_EQ(status("b1", ""), 200);
  const auto known = files.find(request_for("/b-0abc.js", {{"if-none-match", "\"b1\""}}));
  EXPECT_FALSE(known->fixed_body);
  EXPECT_EQ(header_of(*known, "etag"), "\"b1\"");
  EXPECT_EQ(header_of(*known, "cache-control"), "public, max-age=31536000, immutable");
}

}  // namespace
}  // namespace http
