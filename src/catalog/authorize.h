#pragma once

// Which role may do what: one function for every verb.

#include "base/result.h"
#include "model/principal.h"

namespace catalog {

enum class Verb {
  kViewContent,
  kViewEmbedSettings,
  kChangeEmbedSettings,
  kManageApiKeys,  ///< Of the sandbox.
  kManageProductionKeys,
  kRevokeInSandbox,
  kRevokeInProduction,
  kIntrospectTokens,
  kReadAudit,
  kManageSigningKeys,
  kViewDatabases,
  kManageDatabases,
  kPublishDashboards,
  kViewUsage,
  kEditContent,  ///< Charts and drafts of dashboards.
};

/// kForbidden where the signed-in user's role may not, and for every embed token except
/// kViewContent, whose finer permissions dashboards.h decides.
[[nodiscard]] base::Result<base::Done> authorize(const model::Principal& principal, Verb verb);

}  // namespace catalog
