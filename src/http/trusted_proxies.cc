#include "http/trusted_proxies.h"

#include <algorithm>
#include <optional>
#include <ranges>

namespace http {
namespace {

namespace ip = boost::asio::ip;
using base::Done;
using base::Error;
using base::Result;
using ErrorCode = boost::system::error_code;

constexpr std::string_view kForwardedFor = "x-forwarded-for";
constexpr unsigned short kBitsV4 = 32;
constexpr unsigned short kBitsV6 = 128;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::optional<ip::address> parse_address(std::string_view text) {
  ErrorCode error;
  const ip::address address = ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  return unmapped(address);
}

Error refusal(const std::string& entry, std::string_view why) {
  return {base::Code::kConfigInvalid,
          "trusted-proxies: \"" + entry + "\" " + std::string(why) + "."};
}

/// Appends `network` where it is one that can be meant.
template <typename Network>
Result<Done> append(std::vector<Network>& networks, const Network& network,
                    const std::string& entry) {
  if (network.canonical() != network) return refusal(entry, "has bits behind its prefix");
  if (network.prefix_length() == 0) return refusal(entry, "would trust everybody");
  networks.push_back(network);
  return Done{};
}

}  // namespace

ip::address unmapped(const ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

Result<Done> TrustedProxies::add(const std::string& entry) {
  if (entry.find('/') == std::string::npos) {
    const auto address = parse_address(entry);
    if (!address) return refusal(entry, "is neither an address nor a network");
    if (address->is_v4()) return append(v4_, ip::network_v4(address->to_v4(), kBitsV4), entry);
    return append(v6_, ip::network_v6(address->to_v6(), kBitsV6), entry);
  }
  ErrorCode error;
  const ip::network_v4 v4 = ip::make_network_v4(entry, error);
  if (!error) return append(v4_, v4, entry);
  const ip::network_v6 v6 = ip::make_network_v6(entry, error);
  if (error) return refusal(entry, "is neither an address nor a network");
  return append(v6_, v6, entry);
}

Result<TrustedProxies> TrustedProxies::parse(std::string_view list) {
  TrustedProxies proxies;
  if (trimmed(list).empty()) return proxies;
  for (const auto part : std::views::split(list, ',')) {
    RETURN_IF_ERROR(proxies.add(std::string(trimmed({part.begin(), part.end()}))));
  }
  return proxies;
}

bool TrustedProxies::contains(const Address& address) const {
  const auto holds = [&](const auto& network, const auto& one) {
    using Network = std::decay_t<decltype(network)>;
    return Network(one, network.prefix_length()).canonical() == network;
  };
  if (address.is_v4()) {
    return std::ranges::any_of(v4_, [&](const auto& each) { return holds(each, address.to_v4()); });
  }
  return std::ranges::any_of(v6_, [&](const auto& each) { return holds(each, address.to_v6()); });
}

TrustedProxies::Address TrustedProxies::client_behind(const Address& peer,
                                                      const Headers& headers) const {
  Address client = peer;
  for (const auto& [name, value] : std::views::reverse(headers)) {
    if (name != kForwardedFor) continue;
    std::string_view list = value;
    for (std::size_t comma = 0; comma != std::string_view::npos;) {
      comma = list.rfind(',');
      const std::size_t begin = comma == std::string_view::npos ? 0 : comma + 1;
      const auto address = parse_address(trimmed(list.substr(begin)));
      if (!address) return client;
      client = *address;
      if (!contains(client)) return client;
      list = list.substr(0, begin == 0 ? 0 : comma);
    }
  }
  return client;
}

}  // namespace http
