#pragma once

// Who issues tokens and for whom. Every organization and environment has an issuer of its own, and
// every environment an audience, so that one can never pass for another. The names do not depend on
// the server's address, so a token outlives a move.

#include <string>

#include "base/ids.h"
#include "model/environment.h"

namespace auth {

/// The `iss` claim.
[[nodiscard]] inline std::string issuer_of(const base::OrgId& organization,
                                           model::Environment environment) {
  return "urn:aracari:" + organization.text() + ":" +
         std::string(model::environment_name(environment));
}

/// The `aud` claim.
[[nodiscard]] inline std::string audience_of(model::Environment environment) {
  return "urn:aracari:embed:" + std::string(model::environment_name(environment));
}

}  // namespace auth
