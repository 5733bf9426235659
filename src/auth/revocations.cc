#include "auth/revocations.h"

#include <algorithm>

#include "store/revocations.h"

namespace auth {
namespace {

using base::Result;

/// Of `revocations` those that end a token with these claims.
std::vector<model::Revocation> that_end(const std::vector<model::Revocation>& revocations,
                                        const Claims& claims) {
  std::vector<model::Revocation> ending;
  std::ranges::copy_if(revocations, std::back_inserter(ending), [&](const auto& revocation) {
    return revocation.environment == claims.environment &&
           (revocation.kind == model::RevocationKind::kToken ||
            claims.issued_at <= revocation.revoked_at);
  });
  return ending;
}

}  // namespace

std::uint64_t Revocations::catch_up() {
  const std::uint64_t generation = store_.generation(store::Part::kRevocations);
  const std::scoped_lock lock(mutex_);
  if (generation_ >= generation) return generation;
  // Whosever revocation it was, the tokens of all organizations are looked up once more, spread
  // over their next requests. Knowing whose it was would take a counter for each organization, told
  // between processes.
  tokens_.clear();
  organizations_.clear();
  generation_ = generation;
  return generation;
}

bool Revocations::is_fresh() const {
  return generation_ == store_.generation(store::Part::kRevocations);
}

Result<Revocations::Organization> Revocations::get_organization(const base::OrgId& organization,
                                                                std::uint64_t generation) {
  {
    const std::scoped_lock lock(mutex_);
    const auto found = organizations_.find(organization);
    if (found != organizations_.end()) return found->second;
  }
  ASSIGN_OR_RETURN(
      Organization loaded, store_.read([&](store::Connection& connection) -> Result<Organization> {
        ASSIGN_OR_RETURN(auto content, store::list_content_revocations(connection, organization));
        ASSIGN_OR_RETURN(const auto last,
                         store::find_last_revocation_time(connection, organization));
        return std::make_shared<const OfOrganization>(OfOrganization{std::move(content), last});
      }));
  const std::scoped_lock lock(mutex_);
  if (generation_ == generation) organizations_.insert_or_assign(organization, loaded);
  return loaded;
}

Revocations::Found Revocations::find_kept(const std::string& token_id) {
  const std::scoped_lock lock(mutex_);
  return tokens_.find(token_id);
}

Result<Revocations::Found> Revocations::find(const Claims& claims) {
  const std::uint64_t generation = catch_up();
  if (auto kept = find_kept(claims.token_id)) return kept;
  ASSIGN_OR_RETURN(const auto organization, get_organization(claims.organization, generation));
  ASSIGN_OR_RETURN(const auto of_token, store_.read([&](store::Connection& connection) {
    return store::find_token_revocations(connection, claims.organization, claims.environment,
                                         claims.token_id, claims.distinct_id);
  }));
  auto found = std::make_shared<const TokenRevocations>(
      TokenRevocations{that_end(of_token, claims), that_end(organization->of_content, claims)});
  const std::scoped_lock lock(mutex_);
  if (generation_ == generation) tokens_.insert(claims.token_id, found);
  return found;
}

bool Revocations::is_at_hand(const Claims& claims) {
  const std::scoped_lock lock(mutex_);
  return is_fresh() && tokens_.find(claims.token_id) != nullptr;
}

bool Revocations::is_at_hand(const base::OrgId& organization) {
  const std::scoped_lock lock(mutex_);
  return is_fresh() && organizations_.contains(organization);
}

Result<base::Done> Revocations::check_issue(const Claims& claims) {
  const std::uint64_t generation = catch_up();
  ASSIGN_OR_RETURN(const auto organization, get_organization(claims.organization, generation));
  if (!organization->last || *organization->last < claims.issued_at) return base::Done{};
  ASSIGN_OR_RETURN(const auto revocations, store_.read([&](store::Connection& connection) {
    return store::find_token_revocations(connection, claims.organization, claims.environment,
                                         claims.token_id, claims.distinct_id);
  }));
  if (that_end(revocations, claims).empty()) return base::Done{};
  base::Error refusal{base::Code::kUnavailable,
                      "The tokens of this end user or environment were revoked a moment ago."};
  refusal.retry_after = std::chrono::seconds(1);
  return refusal;
}

}  // namespace auth
