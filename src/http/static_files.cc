#include "http/static_files.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "http/entity_tag.h"

namespace http {
namespace {

using base::equals_ignoring_case;

struct Representation {
  std::string_view encoding;  ///< Empty for identity.
  std::string_view bytes;
};

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Cuts the first item off `list` and returns it trimmed.
std::string_view take_item(std::string_view& list, char separator) {
  const std::size_t end = list.find(separator);
  const std::string_view item = trim(list.substr(0, end));
  list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  return item;
}

/// "q=0", "q=0.000": the only weights that refuse (RFC 9110 section 12.4.2).
bool refuses(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view parameter = take_item(parameters, ';');
    if (parameter.size() < 3 || !equals_ignoring_case(parameter.substr(0, 2), "q=")) continue;
    return parameter.find_first_not_of("0.", 2) == std::string_view::npos;
  }
  return false;
}

/// Accept-Encoding (RFC 9110 section 12.5.3). "*" speaks for codings that are not named.
bool accepts(std::string_view accept_encoding, std::string_view coding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    std::string_view parameters = take_item(accept_encoding, ',');
    const std::string_view name = take_item(parameters, ';');
    if (equals_ignoring_case(name, coding)) return !refuses(parameters);
    if (name == "*") any = !refuses(parameters);
  }
  return any;
}

Representation choose(const Asset& asset, std::string_view accept_encoding) {
  if (!asset.brotli.empty() && accepts(accept_encoding, "br")) return {"br", asset.brotli};
  if (!asset.gzip.empty() && accepts(accept_encoding, "gzip")) return {"gzip", asset.gzip};
  return {"", asset.identity};
}

/// Different bytes need different strong tags (RFC 9110 section 8.8.3): "abc" becomes "abc-br".
std::string tag_of(const Asset& asset, std::string_view encoding) {
  std::string tag(asset.etag);
  if (!encoding.empty() && tag.ends_with('"')) {
    tag.pop_back();
    tag.append("-").append(encoding).append("\"");
  }
  return tag;
}

Response answer(const Asset& asset, const Request& request) {
  const Representation chosen = choose(asset, request.header("accept-encoding").value_or(""));
  std::string tag = tag_of(asset, chosen.encoding);
  const bool known = names_tag(request.header("if-none-match").value_or(""), tag);
  Response response{.status = known ? 304 : 200,
                    .content_type = std::string(asset.content_type),
                    .body = {},
                    .headers = {},
                    .stream = nullptr,
                    .fixed_body = std::nullopt};
  response.headers = {
      {"etag", std::move(tag)},
      {"vary", "Accept-Encoding"},
      {"cache-control", asset.immutable ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (known) return response;
  if (!chosen.encoding.empty()) {
    response.headers.emplace_back("content-encoding", chosen.encoding);
  }
  response.fixed_body = chosen.bytes;
  return response;
}

}  // namespace

std::optional<Response> StaticFiles::find(const Request& request) const {
  if (request.method != Method::kGet && request.method != Method::kHead) return std::nullopt;
  const auto found =
      std::ranges::lower_bound(assets_, std::string_view(request.path), {}, &Asset::path);
  if (found == assets_.end() || found->path != request.path) return std::nullopt;
  return answer(*found, request);
}

}  // namespace http
