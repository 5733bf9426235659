#pragma once

// A revocation ends what was issued up to a moment. What is minted later is not touched by it, and
// it is forgotten some time after the last token that it ends would have expired anyway.

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/ids.h"
#include "model/enum_names.h"
#include "model/environment.h"

namespace model {

enum class RevocationKind : std::uint8_t {
  kToken,        ///< `subject` is a `jti`.
  kEndUser,      ///< `subject` is a distinctId.
  kDashboard,    ///< Tokens go on, but do not reach it.
  kChart,        ///< The same.
  kEnvironment,  ///< All tokens of the environment; no subject.
};
inline constexpr auto kRevocationKindNames =
    std::to_array<std::string_view>({"token", "end_user", "dashboard", "chart", "environment"});

/// How long one is kept beyond its end, as long as a token may live at most: a clock that is days
/// ahead for a while makes no revoked token good.
inline constexpr std::chrono::days kEndedRevocationKept{31};

struct Revocation {
  base::RevocationId id;
  RevocationKind kind;
  std::string subject;
  Environment environment;
  base::Seconds revoked_at;  ///< Ends tokens with `iat` up to and including it; a `jti` always.
  base::Seconds until;
  std::string revoked_by;  ///< Email or key name.
  std::string reason;      ///< May be empty.
};

}  // namespace model
