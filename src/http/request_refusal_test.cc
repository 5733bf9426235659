// What the server itself refuses, over a real socket: framing, sizes, targets.

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace http {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

class RequestRefusalTest : public testing::Test {
 protected:
  RequestRefusalTest() {
    application_.routes["/echo"] = {
        {.thread = Dispatch::Thread::kNetwork, .body_limit_bytes = 1000},
        [this](const Request& request) {
          ++handled_;
          return text_response(request.body);
        }};
  }

  ReceivedResponse answer(std::string_view bytes) {
    RawClient client(server_.port());
    client.send(bytes);
    return client.read_response();
  }

  /// The answer is `status`, no handler saw the request, and the connection ends.
  void expect_refusal(std::string_view bytes, int status) {
    SCOPED_TRACE(std::string(bytes.substr(0, 200)));
    RawClient client(server_.port());
    client.send(bytes);
    const ReceivedResponse response = client.read_response();
    EXPECT_EQ(response.status, status);
    EXPECT_TRUE(response.has("connection: close"));
    EXPECT_NE(response.head.find("x-request-id: "), std::string::npos);
    EXPECT_TRUE(client.ends_within(1s));
    EXPECT_EQ(handled_, 0);
  }

  int handled_ = 0;
  ScriptedApplication application_;
  RunningServer server_{application_};
};

TEST_F(RequestRefusalTest, AmbiguousFraming) {
  const std::string start = "POST /echo HTTP/1.1\r\nHost: a\r\n";
  const std::string body = "\r\n1\r\na\r\n0\r\n\r\n";
  for (const char* headers :
       {"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n",
        "Content-Length: 1\r\nContent-Length: 1\r\n", "Content-Length: 1\r\nContent-Length: 2\r\n",
        "Content-Length: 1, 1\r\n", "Content-Length: +1\r\n", "Content-Length: -1\r\n",
        "Content-Length: 0x1\r\n", "Content-Length: \r\n",
        "Content-Length: 99999999999999999999\r\n", "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: identity\r\n", "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding : chunked\r\n", "Transfer-Encoding: chunked\r\n folded\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"}) {
    expect_refusal(start + headers + body, 400);
  }
  expect_refusal("POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n" + body, 400);
}

TEST_F(RequestRefusalTest, RepeatedSingleHeaders) {
  for (const char* name : {"Authorization", "ORIGIN", "host", "Content-Type", "Cookie",
                           "Upload-Offset", "X-Api-Key"}) {
    const std::string header = std::string(name) + ": a\r\n";
    const std::string host = std::string(name) == "host" ? "" : "Host: a\r\n";
    expect_refusal("GET /echo HTTP/1.1\r\n" + host + header + header + "\r\n", 400);
  }
}

TEST_F(RequestRefusalTest, MalformedHeads) {
  for (const std::string_view head :
       {"GET /echo HTTP/1.1\r\n\r\n"sv,  // no host
        "GET /echo HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"sv,
        "GET /echo HTTP/1.1\r\nHost: a\r\nX:\r\n b\r\n\r\n"sv,
        "GET /echo HTTP/1.1\r\n Host: a\r\n\r\n"sv, "GET /echo HTTP/1.1\nHost: a\n\n"sv,
        "GET /echo HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n"sv,
        "GET /echo HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"sv,
        "GET /echo HTTP/1.1\r\nHost: a\r\nX Y: a\r\n\r\n"sv,
        "GET /echo HTTP/1.1\r\nHost: a\r\n: a\r\n\r\n"sv, "GET /echo HTTP/2.0\r\nHost: a\r\n\r\n"sv,
        "GET  /echo HTTP/1.1\r\nHost: a\r\n\r\n"sv, "GET /echo\r\nHost: a\r\n\r\n"sv, "\r\n\r\n"sv,
        "GET /echo HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\n\r\n"sv}) {
    expect_refusal(head, 400);
  }
}

TEST_F(RequestRefusalTest, BadTargets) {
  for (const char* target : {"/../echo", "/a/../echo", "/a/..", "/%2e%2E/echo", "/./echo", "/%00",
                             "/echo%", "/echo%4", "/echo%zz", "/a%2Fb", "/a%5cb", "/a\\b",
                             "/%0d%0a", "/%ff", "/echo#x", "echo", "*", "http://localhost/echo"}) {
    expect_refusal("GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n", 400);
  }
}

TEST_F(RequestRefusalTest, LargeHeads) {
  const std::string large(5000, 'x');
  expect_refusal("GET /echo HTTP/1.1\r\nHost: a\r\nX: " + large + "\r\n\r\n", 431);
  expect_refusal("GET /" + large + " HTTP/1.1\r\nHost: a\r\n\r\n", 431);
  expect_refusal(large, 431);
}

TEST_F(RequestRefusalTest, ALargeBodyIsRefusedReadably) {
  const std::string body(10'000'000, 'x');
  expect_refusal("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n" + body, 413);
  expect_refusal("POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na", 413);
}

TEST_F(RequestRefusalTest, AChunkedBodyThatGrowsOverTheLimit) {
  std::string body;
  for (int i = 0; i < 100'000; ++i) body += "40\r\n" + std::string(64, 'x') + "\r\n";
  const std::string head = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  expect_refusal(head + body + "0\r\n\r\n", 413);
  expect_refusal(head + "fffffffffffffff0\r\n", 413);
}

TEST_F(RequestRefusalTest, BadChunks) {
  const std::string head = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  expect_refusal(head + "x\r\n", 400);
  expect_refusal(head + "1ffffffffffffffff\r\n", 400);
  expect_refusal(head + "1\r\nabc\r\n0\r\n\r\n", 400);
  expect_refusal(head + "1;" + std::string(200'000, 'x'), 400);
  expect_refusal(head + "0\r\n" + std::string(200'000, 'x'), 400);
}

TEST_F(RequestRefusalTest, AnswersExpectations) {
  RawClient client(server_.port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_through("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  EXPECT_EQ(client.read_response().body, "abc");
  handled_ = 0;
  expect_refusal(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\nExpect: 100-continue\r\n\r\n",
      413);
}

TEST_F(RequestRefusalTest, HandlersGetDecodedValues) {
  application_.routes["/f\xc3\xa4 %"] = {
      {}, [](const Request& request) {
        return text_response(request.query + "|" + request.remote_address + "|" +
                             std::string(request.header("x-a").value_or("none")));
      }};
  EXPECT_EQ(answer("GET /f%C3%A4%20%25?a=%2F&b HTTP/1.1\r\nHost: a\r\nX-A: \t1 2 \r\n\r\n").body,
            "a=%2F&b|127.0.0.1|1 2");
}

TEST_F(RequestRefusalTest, TrailersDoNotBecomeHeaders) {
  application_.routes["/auth"] = {
      {.thread = Dispatch::Thread::kNetwork, .body_limit_bytes = 10}, [](const Request& request) {
        return text_response(std::string(request.header("authorization").value_or("none")));
      }};
  EXPECT_EQ(answer("POST /auth HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "1\r\na\r\n0\r\nAuthorization: Bearer x\r\n\r\n")
                .body,
            "none");
}

TEST_F(RequestRefusalTest, LargeBodiesHaveRoomTogether) {
  constexpr std::size_t kBytes = std::size_t{8} << 20;
  application_.routes["/large"] = {{.body_limit_bytes = kBytes}, [](const Request& request) {
                                     return text_response(std::to_string(request.body.size()));
                                   }};
  const std::string start = "POST /large HTTP/1.1\r\nHost: a\r\n";
  const std::string declared = start + "Content-Length: " + std::to_string(kBytes) + "\r\n\r\n";
  std::vector<std::unique_ptr<RawClient>> holders;
  for (int i = 0; i < 32; ++i) {
    holders.push_back(std::make_unique<RawClient>(server_.port()));
    holders.back()->send(declared + "x");
  }
  std::this_thread::sleep_for(200ms);
  expect_refusal(declared, 503);
  expect_refusal(start + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n", 503);
  EXPECT_EQ(answer(start + "Content-Length: 1\r\n\r\nx").body, "1") << "small ones need none";
  holders.clear();
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(answer(declared + std::string(kBytes, 'x')).body, std::to_string(kBytes));
}

}  // namespace
}  // namespace http
