#pragma once

// The text form of API keys: `ara_sandbox_` or `ara_live_`, 43 random characters (256 bits), and a
// checksum of 6, so that a typo or a scanner's guess is refused without I/O. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "model/environment.h"

namespace auth {

[[nodiscard]] std::string_view api_key_prefix(model::Environment environment);

[[nodiscard]] base::Secret new_api_key(model::Environment environment);

/// The environment that the prefix tells, when form and checksum are right.
[[nodiscard]] std::optional<model::Environment> check_api_key_form(std::string_view key);

/// What is stored and looked up: base64url of SHA-256. A slow hash buys nothing for 256 random
/// bits.
[[nodiscard]] std::string hash_of_secret(std::string_view secret);

}  // namespace auth
