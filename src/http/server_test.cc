#include "http/server.h"

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace http {
namespace {

using namespace std::chrono_literals;

/// A door that handlers wait at until the test opens it.
class Gate {
 public:
  ~Gate() { open(); }
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait_for(lock, 5s, [this] { return open_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  bool wait_for(int waiting) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 5s, [&] { return waiting_ >= waiting; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    application_.routes["/hello"] = {{}, [](const Request&) { return text_response("hello"); }};
    application_.routes["/echo"] = {
        {.thread = Dispatch::Thread::kNetwork, .body_limit_bytes = 1000},
        [](const Request& request) { return text_response(request.body); }};
    application_.routes["/wait"] = {{.thread = Dispatch::Thread::kWorker, .body_limit_bytes = 0},
                                    [this](const Request&) {
                                      gate_.pass();
                                      return text_response("waited");
                                    }};
    application_.routes["/throws"] = {
        {}, [](const Request&) -> Response { throw std::runtime_error("secret"); }};
  }

  Gate gate_;
  ScriptedApplication application_;
};

TEST_F(ServerTest, AnswersWithTheHeadersThatEveryResponseHas) {
  RunningServer server(application_);
  RawClient client(server.port());
  const ReceivedResponse response = client.get("/hello");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "hello");
  EXPECT_TRUE(response.head.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(response.has("content-type: text/plain"));
  EXPECT_TRUE(response.has("content-length: 5"));
  EXPECT_TRUE(response.has("x-content-type-options: nosniff"));
  EXPECT_TRUE(response.has("referrer-policy: no-referrer"));
  EXPECT_NE(response.head.find("x-request-id: "), std::string::npos);
  EXPECT_NE(response.head.find("date: "), std::string::npos);
  EXPECT_EQ(response.head.find("server"), std::string::npos);
  EXPECT_EQ(response.head.find("connection"), std::string::npos);
}

TEST_F(ServerTest, KeepsTheConnectionAndGivesEachRequestItsId) {
  RunningServer server(application_);
  RawClient client(server.port());
  std::set<std::string> heads;
  for (int i = 0; i < 50; ++i) heads.insert(client.get("/hello").head);
  EXPECT_EQ(heads.size(), 50U);
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  RunningServer server(application_);
  RawClient client(server.port());
  std::string requests;
  for (int i = 0; i < 500; ++i) requests += get_request("/" + std::to_string(i));
  requests +=
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + get_request("/hello");
  ASSERT_TRUE(client.send(requests));
  for (int i = 0; i < 500; ++i) {
    ASSERT_EQ(client.read_response().body, "no /" + std::to_string(i));
  }
  EXPECT_EQ(client.read_response().body, "abc");
  EXPECT_EQ(client.read_response().body, "hello");
}

TEST_F(ServerTest, TakesARequestByteByByte) {
  RunningServer server(application_);
  RawClient client(server.port());
  const std::string_view request =
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "2;x=y\r\nab\r\n1\r\nc\r\n0\r\nauthorization: Bearer late\r\n\r\n";
  for (const char byte : request) ASSERT_TRUE(client.send({&byte, 1}));
  EXPECT_EQ(client.read_response().body, "abc");
}

TEST_F(ServerTest, SendsHeadWithoutBody) {
  RunningServer server(application_);
  RawClient client(server.port());
  client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  const ReceivedResponse response = client.read_head_response();
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(response.has("content-length: 5"));
  EXPECT_EQ(client.get("/hello").body, "hello");
}

TEST_F(ServerTest, ClosesForHttp10AndOnRequest) {
  RunningServer server(application_);
  RawClient old(server.port());
  old.send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(old.read_response().has("connection: close"));
  EXPECT_TRUE(old.ends_within(1s));
  RawClient patient(server.port());
  patient.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(patient.read_response().has("connection: keep-alive"));
  patient.send("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(patient.read_response().has("connection: close"));
  EXPECT_TRUE(patient.ends_within(1s));
}

TEST_F(ServerTest, SendsLargeBodiesToSlowReaders) {
  const std::string large(5'000'000, 'x');
  application_.routes["/large"] = {{}, [&](const Request&) { return text_response(large); }};
  application_.routes["/fixed"] = {{}, [&](const Request&) {
                                     Response response;
                                     response.fixed_body = large;
                                     return response;
                                   }};
  RunningServer server(application_);
  RawClient client(server.port(), RawClient::Buffers::kTiny);
  client.send(get_request("/large") + get_request("/fixed"));
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(client.read_response().body, large);
  EXPECT_EQ(client.read_response().body, large);
}

TEST_F(ServerTest, TurnsAnExceptionIntoAnEmptyFailure) {
  RunningServer server(application_);
  RawClient client(server.port());
  const ReceivedResponse response = client.get("/throws");
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(response.head.find("secret"), std::string::npos);
  EXPECT_EQ(client.get("/hello").status, 200);
}

TEST_F(ServerTest, RefusesToSplitAResponse) {
  application_.routes["/split"] = {{}, [](const Request&) {
                                     Response response = text_response("x");
                                     response.headers = {{"location", "/\r\nset-cookie: a=b"}};
                                     return response;
                                   }};
  RunningServer server(application_);
  RawClient client(server.port());
  const ReceivedResponse response = client.get("/split");
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.head.find("set-cookie"), std::string::npos);
}

TEST_F(ServerTest, ServesOthersWhileAWorkerWaits) {
  RunningServer server(application_);
  RawClient waiting(server.port());
  waiting.send(get_request("/wait"));
  ASSERT_TRUE(gate_.wait_for(1));
  RawClient other(server.port());
  EXPECT_EQ(other.get("/hello").body, "hello");
  gate_.open();
  EXPECT_EQ(waiting.read_response().body, "waited");
}

TEST_F(ServerTest, HandlesAtOnceOnlyWhatIsAtHand) {
  const auto on_which_thread = [](const Request&) {
    return text_response(std::to_string(std::hash<std::thread::id>{}(std::this_thread::get_id())));
  };
  application_.routes["/network"] = {{}, on_which_thread};
  application_.routes["/warm"] = {{.thread = Dispatch::Thread::kEither}, on_which_thread, true};
  application_.routes["/cold"] = {{.thread = Dispatch::Thread::kEither}, on_which_thread, false};
  RunningServer server(application_);
  RawClient client(server.port());
  const std::string network = client.get("/network").body;
  EXPECT_EQ(client.get("/warm").body, network);
  const ReceivedResponse cold = client.get("/cold");
  EXPECT_EQ(cold.status, 200);
  EXPECT_NE(cold.body, network);
}

TEST_F(ServerTest, RefusesAsBusyWhenTheQueueIsFullAndRecovers) {
  RunningServer server(application_);
  RawClient first(server.port());
  RawClient second(server.port());
  RawClient queued(server.port());
  first.send(get_request("/wait"));
  second.send(get_request("/wait"));
  ASSERT_TRUE(gate_.wait_for(2));
  queued.send(get_request("/wait"));
  RawClient refused(server.port());
  ReceivedResponse response = refused.get("/wait");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body, "busy");
  gate_.open();
  EXPECT_EQ(queued.read_response().body, "waited");
  EXPECT_EQ(refused.get("/wait").body, "waited");
}

TEST_F(ServerTest, ClosesIdleAndSlowClients) {
  ServerOptions options = test_options();
  options.idle_timeout = 1s;
  RunningServer server(application_, options);
  RawClient idle(server.port());
  RawClient slow(server.port());
  const std::string request = get_request("/hello");
  const auto started = std::chrono::steady_clock::now();
  std::size_t sent = 0;
  while (sent + 1 < request.size() && slow.send({&request[sent], 1}) && !slow.ends_within(100ms)) {
    ++sent;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - started, 3s);
  EXPECT_LT(sent, request.size() - 1);
  EXPECT_TRUE(idle.ends_within(1s));
}

TEST_F(ServerTest, ClosesConnectionsBeyondTheMost) {
  ServerOptions options = test_options();
  options.connections_max = 2;
  RunningServer server(application_, options);
  RawClient first(server.port());
  auto second = std::make_unique<RawClient>(server.port());
  EXPECT_EQ(first.get("/hello").status, 200);
  EXPECT_EQ(second->get("/hello").status, 200);
  RawClient third(server.port());
  EXPECT_TRUE(third.ends_within(1s));
  second.reset();
  std::this_thread::sleep_for(50ms);
  RawClient fourth(server.port());
  EXPECT_EQ(fourth.get("/hello").status, 200);
}

TEST_F(ServerTest, ServesOnSeveralNetworkThreads) {
  ServerOptions options = test_options();
  options.network_threads = 3;
  RunningServer server(application_, options);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 9; ++i) clients.push_back(std::make_unique<RawClient>(server.port()));
  for (const auto& client : clients) EXPECT_EQ(client->get("/hello").body, "hello");
}

TEST_F(ServerTest, SaysThatThePortIsInUse) {
  RunningServer server(application_);
  ServerOptions options = test_options();
  options.port = server.port();
  const auto second = Server::listen(options, application_);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, base::Code::kConfigInvalid);
  EXPECT_NE(second.error().what.find("in use"), std::string::npos);
}

TEST_F(ServerTest, ListensAgainAtOnceAfterAStop) {
  ServerOptions options = test_options();
  {
    RunningServer server(application_, options);
    options.port = server.port();
    RawClient client(server.port());
    EXPECT_EQ(client.get("/hello").status, 200);
  }
  RunningServer again(application_, options);
  RawClient client(again.port());
  EXPECT_EQ(client.get("/hello").status, 200);
}

TEST_F(ServerTest, TakesOnlyAddressesAsHost) {
  ServerOptions options = test_options();
  for (const char* host : {"example.com", "", "127.0.0.1:80", "192.0.2.77"}) {
    options.host = host;
    const auto server = Server::listen(options, application_);
    ASSERT_FALSE(server.ok()) << host;
    EXPECT_EQ(server.error().code, base::Code::kConfigInvalid);
  }
  for (const char* host : {"localhost", "127.0.0.1"}) {
    options.host = host;
    EXPECT_TRUE(Server::listen(options, application_).ok()) << host;
  }
}

TEST_F(ServerTest, AWorkerLearnsThatItsClientWent) {
  std::promise<void> gone;
  std::promise<bool> told;
  application_.routes["/slow"] = {
      {.thread = Dispatch::Thread::kWorker, .body_limit_bytes = 0}, [&](const Request& request) {
        request.client->on_gone([&] { gone.set_value(); });
        gate_.pass();
        told.set_value(gone.get_future().wait_for(5s) == std::future_status::ready);
        return text_response("nobody reads this");
      }};
  RunningServer server(application_);
  RawClient client(server.port());
  client.send(get_request("/slow"));
  ASSERT_TRUE(gate_.wait_for(1));
  client.close();
  gate_.open();
  EXPECT_TRUE(told.get_future().get());
  EXPECT_EQ(RawClient(server.port()).get("/hello").body, "hello");
}

TEST_F(ServerTest, KeepsWhatIsPipelinedBehindAWorker) {
  RunningServer server(application_);
  RawClient client(server.port());
  client.send(get_request("/wait"));
  ASSERT_TRUE(gate_.wait_for(1));
  client.send(get_request("/hello") + get_request("/more"));
  gate_.open();
  EXPECT_EQ(client.read_response().body, "waited");
  EXPECT_EQ(client.read_response().body, "hello");
  EXPECT_EQ(client.read_response().body, "no /more");
}

TEST_F(ServerTest, StopLetsARunningRequestFinish) {
  RunningServer server(application_);
  RawClient idle(server.port());
  EXPECT_EQ(idle.get("/hello").status, 200);
  RawClient waiting(server.port());
  waiting.send(get_request("/wait"));
  ASSERT_TRUE(gate_.wait_for(1));
  server.server().stop(5s);
  EXPECT_TRUE(idle.ends_within(1s));
  EXPECT_THROW(RawClient(server.port()), std::runtime_error);
  gate_.open();
  const ReceivedResponse response = waiting.read_response();
  EXPECT_EQ(response.body, "waited");
  EXPECT_TRUE(response.has("connection: close"));
  server.join();
}

TEST_F(ServerTest, StopCutsWhatOutlastsTheDrain) {
  RunningServer server(application_);
  RawClient waiting(server.port());
  waiting.send(get_request("/wait"));
  ASSERT_TRUE(gate_.wait_for(1));
  server.server().stop(0s);
  server.join();
  EXPECT_TRUE(waiting.ends_within(1s));
  gate_.open();
}

}  // namespace
}  // namespace http
