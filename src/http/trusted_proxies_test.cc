#include "http/trusted_proxies.h"

#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace http {
namespace {

using Headers = TrustedProxies::Headers;

TrustedProxies proxies(std::string_view list) { return TrustedProxies::parse(list).value(); }

bool trusts(std::string_view list, const std::string& address) {
  return proxies(list).contains(boost::asio::ip::make_address(address));
}

std::string client(const std::string& peer, const Headers& headers) {
  return proxies("10.0.0.0/8, 2001:db8:ff::/48")
      .client_behind(boost::asio::ip::make_address(peer), headers)
      .to_string();
}

TEST(TrustedProxies, AreNobodyUnlessNamed) {
  EXPECT_FALSE(trusts("", "127.0.0.1"));
  EXPECT_FALSE(trusts("  ", "127.0.0.1"));
  EXPECT_FALSE(TrustedProxies().contains(boost::asio::ip::make_address("::1")));
}

TEST(TrustedProxies, AreAddressesAndNetworks) {
  EXPECT_TRUE(trusts("10.0.0.0/8,192.0.2.7", "10.255.255.255"));
  EXPECT_TRUE(trusts("10.0.0.0/8", "10.0.0.0")) << "also its first and last address";
  EXPECT_FALSE(trusts("10.0.0.0/8,192.0.2.7", "11.0.0.0"));
  EXPECT_TRUE(trusts("10.0.0.0/8,192.0.2.7", "192.0.2.7"));
  EXPECT_FALSE(trusts("10.0.0.0/8,192.0.2.7", "192.0.2.8"));
  EXPECT_TRUE(trusts("fd00::/8 , ::1", "fdff::1"));
  EXPECT_TRUE(trusts("fd00::/8 , ::1", "::1"));
  EXPECT_FALSE(trusts("fd00::/8 , ::1", "::2"));
  EXPECT_FALSE(trusts("::/1", "127.0.0.1")) << "IPv4 is not inside of IPv6";
}

TEST(TrustedProxies, MustBeMeant) {
  for (const std::string list :
       {"proxy.example.com", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/", "/8", "0.0.0.0/0", "::/0",
        "10.0.0.1,", ",", "10.1", "fd00::1/8"}) {
    const auto refused = TrustedProxies::parse(list);
    ASSERT_FALSE(refused.ok()) << list;
    EXPECT_EQ(refused.error().code, base::Code::kConfigInvalid) << list;
  }
}

TEST(ClientBehind, IsTheRightMostThatIsNoProxy) {
  EXPECT_EQ(client("10.0.0.1", {{"x-forwarded-for", "203.0.113.9"}}), "203.0.113.9");
  EXPECT_EQ(client("10.0.0.1", {{"x-forwarded-for", "198.51.100.1, 203.0.113.9 ,10.0.0.2"}}),
            "203.0.113.9")
      << "what stands left of it, the client wrote";
  EXPECT_EQ(
      client("10.0.0.1", {{"x-forwarded-for", "203.0.113.9"}, {"x-forwarded-for", "10.0.0.2"}}),
      "203.0.113.9")
      << "several lines are one list";
  EXPECT_EQ(client("10.0.0.1", {{"x-forwarded-for", "2001:db8::1, 2001:db8:ff::7"}}),
            "2001:db8::1");
  EXPECT_EQ(client("10.0.0.1", {{"x-forwarded-for", "::ffff:203.0.113.9"}}), "203.0.113.9");
  EXPECT_EQ(client("10.0.0.1", {{"x-forwarded-for", "10.0.0.3, 10.0.0.2"}}), "10.0.0.3");
}

TEST(ClientBehind, IsTheLastThatIsKnownWhereAnEntryIsNoAddress) {
  EXPECT_EQ(client("10.0.0.1", {}), "10.0.0.1");
  for (const std::string bad : {"", " ", "unknown", "_hidden", "203.0.113.9:443", "1.2.3", "\"a\"",
                                "203.0.113.9,", "'; DROP"}) {
    EXPECT_EQ(client("10.0.0.1", {{"x-forwarded-for", bad}}), "10.0.0.1") << bad;
    EXPECT_EQ(client("10.0.0.1", {{"x-forwarded-for", bad + ", 10.0.0.2"}}), "10.0.0.2") << bad;
  }
}

class BehindProxy : public ::testing::Test {
 protected:
  std::string seen_address(const std::string& trusted, const std::string& header_lines) {
    ServerOptions options = test_options();
    options.trusted_proxies = trusted;
    RunningServer server(application_, options);
    RawClient client(server.port());
    client.send("GET /who HTTP/1.1\r\nHost: a\r\n" + header_lines + "\r\n");
    std::string first = client.read_response().body;
    EXPECT_EQ(client.get("/who").body, "127.0.0.1")
        << "the next request of the proxy's connection may be another client's";
    return first;
  }

  ScriptedApplication application_{[] {
    ScriptedApplication application;
    application.routes["/who"] = {
        {}, [](const Request& request) { return text_response(request.remote_address); }};
    return application;
  }()};
};

TEST_F(BehindProxy, TheClientIsTakenFromTheHeaderOfATrustedProxyOnly) {
  const std::string header = "X-Forwarded-For: 198.51.100.1, 203.0.113.9\r\n";
  EXPECT_EQ(seen_address("127.0.0.0/8", header), "203.0.113.9");
  EXPECT_EQ(seen_address("", header), "127.0.0.1");
  EXPECT_EQ(seen_address("10.0.0.0/8", header), "127.0.0.1");
}

TEST_F(BehindProxy, AListThatIsNoneIsRefusedAtTheStart) {
  ServerOptions options = test_options();
  options.trusted_proxies = "everybody";
  const auto refused = Server::listen(options, application_);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::Code::kConfigInvalid);
}

}  // namespace
}  // namespace http
