#include "catalog/revocations.h"

#include <algorithm>

#include "catalog/authorize.h"
#include "crypto/random.h"
#include "store/audit.h"
#include "store/content.h"

namespace catalog {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using model::RevocationKind;
using store::Connection;

constexpr std::size_t kMaxSubjectBytes = 256;
constexpr std::size_t kMaxReasonBytes = 200;
constexpr std::int64_t kListed = 200;
/// More than the clocks of whoever minted and of this server may differ.
constexpr std::chrono::minutes kMargin{1};

Result<Done> check(const NewRevocation& wanted) {
  const bool needs_subject = wanted.kind != RevocationKind::kEnvironment;
  if (needs_subject == wanted.subject.empty() || wanted.subject.size() > kMaxSubjectBytes) {
    return Error{Code::kInvalidBody,
                 needs_subject ? "Must have 1 to 256 bytes." : "Must be left out here.",
                 {},
                 "subject"};
  }
  if (wanted.reason.size() > kMaxReasonBytes) {
    return Error{Code::kInvalidBody, "Must have at most 200 bytes.", {}, "reason"};
  }
  return Done{};
}

template <typename Item, typename Id>
Result<Done> check_listed(const Result<std::vector<Item>>& items, const Id& id) {
  if (!items) return items.error();
  if (std::ranges::find(*items, id, &Item::id) != items->end()) return Done{};
  return Error{Code::kNotFound, "There is no such content.", {}, "subject"};
}

/// The content that is to be revoked has to be the organization's.
Result<Done> check_content(Connection& connection, const base::OrgId& organization,
                           const NewRevocation& wanted) {
  if (wanted.kind == RevocationKind::kDashboard) {
    return check_listed(store::list_dashboards(connection, organization),
                        base::DashboardId(wanted.subject));
  }
  if (wanted.kind == RevocationKind::kChart) {
    return check_listed(store::list_charts(connection, organization),
                        base::ChartId(wanted.subject));
  }
  return Done{};
}

}  // namespace

base::Seconds end_of_tokens(base::Seconds now, std::chrono::seconds lifetime_max) {
  return now + lifetime_max + kMargin;
}

Result<model::Revocation> revoke_as(store::Store& store, const base::OrgId& organization,
                                    const model::Actor& actor, const NewRevocation& wanted,
                                    base::Seconds now) {
  RETURN_IF_ERROR(check(wanted));
  const model::Revocation revocation{crypto::new_id<base::RevocationId>(),
                                     wanted.kind,
                                     wanted.subject,
                                     wanted.environment,
                                     now,
                                     wanted.until,
                                     actor.name,
                                     wanted.reason};
  const std::string kind(model::enum_name(model::kRevocationKindNames, wanted.kind));
  RETURN_IF_ERROR(store.write([&](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(check_content(connection, organization, wanted));
    RETURN_IF_ERROR(store::insert_revocation(connection, organization, revocation));
    return store::insert_audit_event(connection, organization,
                                     {now,
                                      model::AuditAction::kRevocationCreated,
                                      actor,
                                      {kind, wanted.subject, ""},
                                      wanted.environment,
                                      1,
                                      wanted.reason});
  }));
  return revocation;
}

Result<model::Revocation> revoke(store::Store& store, const Caller& caller,
                                 const NewRevocation& wanted, base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, wanted.environment == model::Environment::kSandbox
                                                  ? Verb::kRevokeInSandbox
                                                  : Verb::kRevokeInProduction));
  return revoke_as(store, caller.principal.organization(), caller.actor, wanted, now);
}

Result<store::RevocationPage> list_revocations(store::Store& store,
                                               const model::Principal& principal) {
  RETURN_IF_ERROR(authorize(principal, Verb::kRevokeInSandbox));
  return store.read_apart([&](Connection& connection) {
    return store::list_revocations(connection, principal.organization(), kListed);
  });
}

}  // namespace catalog
