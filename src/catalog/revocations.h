#pragma once

// Use cases on revocations: end what was issued so far, and list what was ended.

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/caller.h"
#include "model/account.h"
#include "model/revocation.h"
#include "store/revocations.h"
#include "store/store.h"

namespace catalog {

struct NewRevocation {
  model::RevocationKind kind;
  std::string subject;  ///< Empty for an environment.
  model::Environment environment;
  base::Seconds until;  ///< When the last token that it ends has expired.
  std::string reason;
};

/// Until when tokens may live that were issued by `now`.
[[nodiscard]] base::Seconds end_of_tokens(base::Seconds now, std::chrono::seconds lifetime_max);

/// kForbidden: makers revoke in the sandbox, admins everywhere. kInvalidBody (field subject or
/// reason); kNotFound for a dashboard or chart that is not there.
[[nodiscard]] base::Result<model::Revocation> revoke(store::Store& store, const Caller& caller,
                                                     const NewRevocation& wanted,
                                                     base::Seconds now);
/// The same for someone who may do so: a key with the scope `revoke`, or the command line.
[[nodiscard]] base::Result<model::Revocation> revoke_as(store::Store& store,
                                                        const base::OrgId& organization,
                                                        const model::Actor& actor,
                                                        const NewRevocation& wanted,
                                                        base::Seconds now);

/// kForbidden.
[[nodiscard]] base::Result<store::RevocationPage> list_revocations(
    store::Store& store, const model::Principal& principal);

}  // namespace catalog
