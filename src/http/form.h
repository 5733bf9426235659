#pragma once

// Bodies of type application/x-www-form-urlencoded, as RFC 7662 asks for. Pure.

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace http {

/// Names and values, decoded. kInvalidBody for a bad escape and for a name that appears twice
/// (RFC 6749 section 3.1), which `field` tells.
[[nodiscard]] base::Result<std::map<std::string, std::string, std::less<>>> parse_form(
    std::string_view body);

}  // namespace http
