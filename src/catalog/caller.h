#pragma once

// Who asks for a change, as the rights need it and as the audit log keeps it.

#include "model/audit.h"
#include "model/principal.h"

namespace catalog {

struct Caller {
  model::Principal principal;
  model::Actor actor;
};

/// Somebody who may change the organization's content.
struct ContentAuthor {
  base::OrgId organization;
  model::Actor actor;
};

}  // namespace catalog
