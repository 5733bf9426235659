#pragma once

// From the address of a socket to that of the client, where reverse proxies stand before the
// server. Without a proxy that is trusted, `X-Forwarded-For` is the word of whoever connects and
// counts nothing. Immutable, so thread-safe.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include "base/result.h"

namespace http {

class TrustedProxies {
 public:
  using Address = boost::asio::ip::address;
  /// Names in lower case, as in Request.
  using Headers = std::vector<std::pair<std::string, std::string>>;

  /// Trusts nobody.
  TrustedProxies() = default;
  /// "10.0.0.0/8, fd00::/8, 192.0.2.7": addresses and networks (CIDR), separated by commas.
  /// kConfigInvalid for anything else, for a network with bits behind its prefix, and for one that
  /// holds every address.
  [[nodiscard]] static base::Result<TrustedProxies> parse(std::string_view list);

  [[nodiscard]] bool contains(const Address& address) const;

  /// The client that the proxy at `peer`, which must be a trusted one, speaks for: the right-most
  /// address of `X-Forwarded-For` that is no trusted proxy. What stands left of it was written by
  /// the client. At an entry that is no address the last one before it counts, `peer` at first.
  [[nodiscard]] Address client_behind(const Address& peer, const Headers& headers) const;

 private:
  [[nodiscard]] base::Result<base::Done> add(const std::string& entry);

  std::vector<boost::asio::ip::network_v4> v4_;
  std::vector<boost::asio::ip::network_v6> v6_;
};

/// An IPv4 client of an IPv6 socket (::ffff:192.0.2.1) is the same client as on an IPv4 socket.
[[nodiscard]] boost::asio::ip::address unmapped(const boost::asio::ip::address& address);

}  // namespace http
