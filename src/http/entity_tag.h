#pragma once

// Entity tags and conditional requests (RFC 9110 sections 8.8.3 and 13.1.2). Pure.

#include <string>
#include <string_view>

#include "http/message.h"

namespace http {

/// Whether an If-None-Match header names `tag`, by weak comparison. `tag` has its quotes and no
/// comma; an empty header names none.
[[nodiscard]] bool names_tag(std::string_view if_none_match, std::string_view tag);

/// `json` with its tag, or 304 without it to who has it already.
[[nodiscard]] Response tagged_response(const Request& request, std::string json, std::string tag,
                                       std::string cache_control);

}  // namespace http
