#include "catalog/authorize.h"

namespace catalog {
namespace {

/// The least role for each verb.
model::Role least_role(Verb verb) {
  switch (verb) {
    case Verb::kViewContent: return model::Role::kExplorer;
    case Verb::kViewEmbedSettings:
    case Verb::kIntrospectTokens:
    case Verb::kRevokeInSandbox:
    case Verb::kViewDatabases:
    case Verb::kManageDatabases:
    case Verb::kPublishDashboards:
    case Verb::kViewUsage:
    case Verb::kEditContent:
    case Verb::kManageApiKeys: return model::Role::kMaker;
    case Verb::kManageProductionKeys:
    case Verb::kManageSigningKeys:
    case Verb::kRevokeInProduction:
    case Verb::kChangeEmbedSettings:
    case Verb::kReadAudit: return model::Role::kAdmin;
  }
  return model::Role::kAdmin;
}

}  // namespace

base::Result<base::Done> authorize(const model::Principal& principal, Verb verb) {
  const bool allowed = principal.embed() ? verb == Verb::kViewContent
                                         : principal.user() && principal.role() >= least_role(verb);
  if (allowed) return base::Done{};
  return base::Error{base::Code::kForbidden, "Your role does not allow this."};
}

}  // namespace catalog
