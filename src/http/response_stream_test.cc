// Responses that are written while they are made, over a real socket.

#include <atomic>
#include <future>
#include <string>

#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace http {
namespace {

using namespace std::chrono_literals;

class ResponseStreamTest : public testing::TestWithParam<Dispatch::Thread> {
 protected:
  void stream(std::function<void(BodyStream&)> write) {
    application_.routes["/stream"] = {{.thread = GetParam(), .body_limit_bytes = 0},
                                      [write = std::move(write)](const Request&) {
                                        Response response = text_response("not sent");
                                        response.stream = write;
                                        return response;
                                      }};
    application_.routes["/hello"] = {{}, [](const Request&) { return text_response("hello"); }};
  }

  ScriptedApplication application_;
  RunningServer server_{application_};
};

INSTANTIATE_TEST_SUITE_P(Threads, ResponseStreamTest,
                         testing::Values(Dispatch::Thread::kNetwork, Dispatch::Thread::kWorker),
                         [](const auto& each) {
                           return each.param == Dispatch::Thread::kNetwork ? "Network" : "Worker";
                         });

TEST_P(ResponseStreamTest, SendsEachWriteAtOnce) {
  std::promise<void> go_on;
  stream([&](BodyStream& body) {
    EXPECT_TRUE(body.write("first"));
    EXPECT_TRUE(body.write(""));
    go_on.get_future().wait_for(5s);
    EXPECT_TRUE(body.write("second"));
  });
  RawClient client(server_.port());
  client.send(get_request("/stream"));
  const ReceivedResponse response = client.read_head_response();
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(response.has("transfer-encoding: chunked"));
  EXPECT_EQ(response.head.find("content-length"), std::string::npos);
  EXPECT_EQ(client.read_exactly(10), "5\r\nfirst\r\n");
  go_on.set_value();
  EXPECT_EQ(client.read_exactly(16), "6\r\nsecond\r\n0\r\n\r\n");
  EXPECT_EQ(client.get("/hello").body, "hello");
}

TEST_P(ResponseStreamTest, KeepsWhatIsPipelinedBehindIt) {
  std::promise<void> go_on;
  stream([&](BodyStream& body) {
    EXPECT_TRUE(body.write("first"));
    go_on.get_future().wait_for(5s);
  });
  RawClient client(server_.port());
  client.send(get_request("/stream") + get_request("/hello"));
  EXPECT_TRUE(client.read_through("first").ends_with("first"));
  client.send(get_request("/more"));
  std::this_thread::sleep_for(50ms);
  go_on.set_value();
  EXPECT_EQ(client.read_exactly(7), "\r\n0\r\n\r\n");
  EXPECT_EQ(client.read_response().body, "hello");
  EXPECT_EQ(client.read_response().body, "no /more");
}

TEST_P(ResponseStreamTest, NoticesThatTheClientWent) {
  std::promise<void> gone;
  std::promise<bool> written_after;
  std::promise<void> late_callback;
  stream([&](BodyStream& body) {
    body.on_gone([] { ADD_FAILURE() << "was replaced"; });
    body.on_gone([&] { gone.set_value(); });
    EXPECT_TRUE(body.write("x"));
    gone.get_future().wait_for(5s);
    written_after.set_value(body.write("y"));
    body.on_gone([&] { late_callback.set_value(); });
  });
  RawClient client(server_.port());
  client.send(get_request("/stream"));
  client.read_through("x\r\n");
  const auto closed = std::chrono::steady_clock::now();
  client.close();
  EXPECT_FALSE(written_after.get_future().get());
  EXPECT_LT(std::chrono::steady_clock::now() - closed, 1s);
  EXPECT_EQ(late_callback.get_future().wait_for(1s), std::future_status::ready);
}

TEST_P(ResponseStreamTest, ASlowReaderBoundsTheWriter) {
  std::atomic<std::size_t> written = 0;
  std::promise<bool> ended;
  stream([&](BodyStream& body) {
    const std::string block(100'000, 'x');
    bool open = true;
    while (open && written < 200'000'000) {
      open = body.write(block);
      if (open) written += block.size();
    }
    ended.set_value(open);
  });
  RawClient client(server_.port(), RawClient::Buffers::kTiny);
  client.send(get_request("/stream"));
  std::this_thread::sleep_for(300ms);
  const std::size_t first = written;
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(written, first);
  EXPECT_LT(written, 20'000'000U);
  client.close();
  EXPECT_FALSE(ended.get_future().get());
}

TEST_P(ResponseStreamTest, CarriesMuchAndLargeWrites) {
  const std::string large(3'000'000, 'y');
  stream([&](BodyStream& body) {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(body.write(large));
  });
  RawClient client(server_.port());
  EXPECT_EQ(client.get("/stream").body, large + large + large);
}

TEST_P(ResponseStreamTest, AnExceptionAbortsIt) {
  stream([](BodyStream& body) {
    EXPECT_TRUE(body.write("part"));
    throw std::runtime_error("secret");
  });
  RawClient client(server_.port());
  client.send(get_request("/stream"));
  EXPECT_TRUE(client.read_head_response().has("transfer-encoding: chunked"));
  EXPECT_EQ(client.read_through("\r\n0\r\n"), "4\r\npart\r\n");
}

TEST_P(ResponseStreamTest, HasNoBodyForHeadAndNoChunksForHttp10) {
  std::atomic<int> runs = 0;
  stream([&](BodyStream& body) {
    ++runs;
    EXPECT_TRUE(body.write("plain"));
  });
  RawClient client(server_.port());
  client.send("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.read_head_response().head.find("content-length"), std::string::npos);
  EXPECT_EQ(client.get("/hello").body, "hello");
  EXPECT_EQ(runs, 0);
  client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(client.read_head_response().has("connection: close"));
  EXPECT_EQ(client.read_through("end"), "plain");
}

TEST_P(ResponseStreamTest, StopEndsAnEndlessStream) {
  std::promise<void> ended;
  stream([&](BodyStream& body) {
    while (body.write("tick")) std::this_thread::sleep_for(1ms);
    ended.set_value();
  });
  RawClient client(server_.port());
  client.send(get_request("/stream"));
  client.read_through("tick");
  server_.server().stop(0s);
  EXPECT_EQ(ended.get_future().wait_for(2s), std::future_status::ready);
}

}  // namespace
}  // namespace http
