#include "http/entity_tag.h"

#include <algorithm>

namespace http {
namespace {

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

bool names_tag(std::string_view if_none_match, std::string_view tag) {
  if (trim(if_none_match) == "*") return true;
  while (!if_none_match.empty()) {
    const std::size_t comma = std::min(if_none_match.find(','), if_none_match.size());
    std::string_view candidate = trim(if_none_match.substr(0, comma));
    if_none_match.remove_prefix(std::min(comma + 1, if_none_match.size()));
    if (candidate.starts_with("W/")) candidate.remove_prefix(2);
    if (candidate == tag) return true;
  }
  return false;
}

Response tagged_response(const Request& request, std::string json, std::string tag,
                         std::string cache_control) {
  Response response;
  const bool known = names_tag(request.header("if-none-match").value_or(""), tag);
  if (known) response.status = 304;
  if (!known) response.body = std::move(json);
  response.headers = {{"etag", std::move(tag)}, {"cache-control", std::move(cache_control)}};
  return response;
}

}  // namespace http
