#include "http/response_head.h"

#include <gtest/gtest.h>

namespace http {
namespace {

ResponseTerms terms() {
  return {.http11 = true,
          .persistence = Persistence::kKeepAlive,
          .content_length = 2,
          .request_id = "id",
          .date = "today"};
}

TEST(ResponseHeadTest, WritesTheWholeHead) {
  Response response;
  response.headers = {{"x-a", "b"}};
  std::string out;
  ASSERT_TRUE(append_response_head(out, response, terms()));
  EXPECT_EQ(
      out,
      "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/json\r\ndate: today\r\n"
      "x-request-id: id\r\nx-content-type-options: nosniff\r\nreferrer-policy: no-referrer\r\n"
      "x-a: b\r\n\r\n");
}

TEST(ResponseHeadTest, SaysNothingOfABodyWhereThereIsNone) {
  for (const int status : {204, 304}) {
    Response response;
    response.status = status;
    std::string out;
    ASSERT_TRUE(append_response_head(out, response, terms()));
    EXPECT_EQ(out.find("content-"), out.find("content-type-options"));
  }
}

TEST(ResponseHeadTest, RefusesWhatCouldSplitTheResponse) {
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"x", "a\r\nb: c"},
                                                        {"x", "a\n"},
                                                        {"x", std::string(1, '\0')},
                                                        {"x: y\r\nz", "a"},
                                                        {"", "a"},
                                                        {"x y", "a"},
                                                        {"x", "a\x7f"}}) {
    Response response;
    response.headers = {{name, value}};
    std::string out = "before";
    EXPECT_FALSE(append_response_head(out, response, terms()));
    EXPECT_EQ(out, "before");
  }
  Response response;
  response.content_type = "a\r\nb";
  std::string out;
  EXPECT_FALSE(append_response_head(out, response, terms()));
  response = {};
  response.status = 100;
  EXPECT_FALSE(append_response_head(out, response, terms()));
}

TEST(ResponseHeadTest, RendersHttpDates) {
  EXPECT_EQ(render_http_date(base::Seconds(std::chrono::seconds(784111777))),
            "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(render_http_date(base::Seconds(std::chrono::seconds(1709164800))),
            "Thu, 29 Feb 2024 00:00:00 GMT");
}

}  // namespace
}  // namespace http
