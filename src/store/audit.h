#pragma once

// The audit log. An event is written in the transaction of the change that it tells of.

#include "base/result.h"
#include "model/audit.h"
#include "store/connection.h"

namespace store {

[[nodiscard]] base::Result<base::Done> insert_audit_event(Connection& connection,
                                                          const base::OrgId& organization,
                                                          const model::AuditEvent& event);

}  // namespace store
