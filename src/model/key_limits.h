#pragma once

// What the tokens of an API key may be at most. A child key's limits only narrow its parent's.

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "model/permission.h"
#include "model/role.h"

namespace model {

struct KeyLimits {
  Permissions permissions;
  Resources resources;
  std::vector<std::string> origins;  ///< Normalised. Empty does not narrow.
  std::set<Role> roles;              ///< Never admin.
  std::optional<std::chrono::seconds> lifetime_max;
  base::json::object attributes;  ///< Every token carries exactly these values of these names.
};

[[nodiscard]] base::json::object render_key_limits(const KeyLimits& limits);

/// What a key gets whose maker names no limits: viewing dashboards and charts as an explorer.
[[nodiscard]] KeyLimits default_key_limits();

/// `left_out` with the members that `json` names instead. Problems are kept in `parent`.
[[nodiscard]] KeyLimits read_key_limits(const base::json::value& json, std::string path,
                                        KeyLimits left_out, base::ObjectReader& parent);

/// Done when everything that `narrow` allows `wide` allows too. kKeyLimit names the first member
/// that does not, as "permissions.dashboard".
[[nodiscard]] base::Result<base::Done> check_within(const KeyLimits& narrow, const KeyLimits& wide);

/// The parts of that which one token has too.
[[nodiscard]] base::Result<base::Done> check_within(const Permissions& narrow,
                                                    const Permissions& wide);
[[nodiscard]] base::Result<base::Done> check_within(const Resources& narrow, const Resources& wide);

}  // namespace model
