#include "auth/mint.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "auth/embed_token.h"
#include "auth/origin.h"
#include "auth/token_issuer.h"
#include "crypto/random.h"

namespace auth {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::ObjectReader;
using base::Result;

constexpr std::size_t kMaxDistinctIdBytes = 256;
constexpr std::size_t kMaxLifetimeBytes = 16;
constexpr std::chrono::seconds kDefaultLifetime = std::chrono::hours{1};

struct LifetimeUnit {
  char letter;
  std::int64_t seconds;
};
constexpr std::array<LifetimeUnit, 4> kUnits = {{{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}};

struct MintUser {
  std::string distinct_id;
  model::Role role = model::Role::kExplorer;
  json::object attributes;
};

Error attribute_problem(Code code, std::string_view name, std::string what) {
  return {code, std::move(what), {}, fmt::format("user.attributes.{}", name)};
}

bool is_control_character(char c) { return (c >= 0 && c < 0x20) || c == 0x7f; }

std::string describe_type(const model::TokenAttribute& attribute) {
  return fmt::format("{}{}", attribute.list ? "list of " : "", model::type_name(attribute.type));
}

/// Every attribute registered and of its type; every required one there.
Result<Done> check_attributes(const json::object& attributes, const store::OrganizationView& view) {
  for (const auto& member : attributes) {
    const auto registered = view.attributes.find(std::string_view(member.key()));
    if (registered == view.attributes.end()) {
      return attribute_problem(Code::kAttributeUnregistered, member.key(),
                               "Is not a registered token attribute.");
    }
    if (!parse_attribute_value(member.value(), registered->second)) {
      return attribute_problem(
          Code::kAttributeType, member.key(),
          fmt::format("Must be a value of type {}.", describe_type(registered->second)));
    }
  }
  for (const auto& [name, attribute] : view.attributes) {
    if (attribute.required && !attributes.contains(name)) {
      return attribute_problem(Code::kAttributeMissing, name, "Is required.");
    }
  }
  return Done{};
}

Result<MintUser> read_user(const json::value& value) {
  ObjectReader reader(value, "user");
  MintUser user;
  user.distinct_id = reader.required_string("distinctId", kMaxDistinctIdBytes);
  if (std::ranges::any_of(user.distinct_id, is_control_character)) {
    reader.refuse("distinctId", "Must not hold control characters.");
  }
  const auto role = reader.optional_string("role");
  const json::value* attributes = reader.optional_object("attributes");
  if (role) {
    const auto parsed = model::parse_role(*role);
    if (!parsed || *parsed == model::Role::kAdmin)
      reader.refuse("role", "Must be explorer or maker.");
    user.role = parsed.value_or(model::Role::kExplorer);
  }
  if (attributes != nullptr) user.attributes = attributes->get_object();
  RETURN_IF_ERROR(reader.finish());
  return user;
}

/// Whether somebody decided, for each of the tables, who sees what of it.
bool all_decided(const std::vector<base::TableId>& tables, const store::OrganizationView& view) {
  return std::ranges::all_of(tables, [&](const base::TableId& id) {
    return view.tables.contains(id) && !view.unseen_tables.contains(id);
  });
}

/// Names no table: whoever holds a key may not know them.
Error undecided(std::string_view content, std::string_view id, std::string field) {
  return {Code::kCoverageUndecided,
          fmt::format("Nobody has decided who sees what of a table behind {} {}.", content, id),
          {},
          std::move(field)};
}

/// Content that the key's organization has. A foreign id and an unknown one read the same.
/// kInvalidBody; kCoverageUndecided.
Result<Done> check_resources(const model::Resources& resources,
                             const store::OrganizationView& view) {
  for (const base::DashboardId& id : resources.dashboards) {
    const auto found = view.dashboards.find(id);
    if (found == view.dashboards.end()) {
      return Error{Code::kInvalidBody,
                   fmt::format("There is no dashboard {}.", id.text()),
                   {},
                   "resources.dashboards"};
    }
    if (!all_decided(store::tables_behind(view, found->second), view)) {
      return undecided("dashboard", id.text(), "resources.dashboards");
    }
  }
  for (const base::ChartId& id : resources.charts) {
    const auto found = view.charts.find(id);
    if (found == view.charts.end()) {
      return Error{Code::kInvalidBody,
                   fmt::format("There is no chart {}.", id.text()),
                   {},
                   "resources.charts"};
    }
    if (!all_decided({found->second.spec.table}, view)) {
      return undecided("chart", id.text(), "resources.charts");
    }
  }
  return Done{};
}

Error beyond_key(std::string field) {
  return {Code::kKeyLimit, "Is more than the API key may give.", {}, std::move(field)};
}

/// The body's origins, normalised, or the key's where the body names none.
Result<std::vector<std::string>> choose_origins(const model::KeyLimits& limits,
                                                const std::vector<std::string>& origins) {
  if (origins.empty()) return limits.origins;
  std::vector<std::string> normal;
  for (const std::string& origin : origins) {
    auto normalised = normalise_origin(origin);
    if (!normalised) return Error{Code::kInvalidBody, normalised.error().what, {}, "origins"};
    const bool within = limits.origins.empty() ||
                        std::ranges::find(limits.origins, *normalised) != limits.origins.end();
    if (!within) return beyond_key("origins");
    normal.push_back(std::move(*normalised));
  }
  return normal;
}

/// What the body names, or what is left out of it as far as the key may give it.
Result<model::Permissions> choose_permissions(const model::KeyLimits& limits,
                                              const std::optional<model::Permissions>& named) {
  if (named) {
    RETURN_IF_ERROR(model::check_within(*named, limits.permissions));
    return *named;
  }
  model::Permissions permissions = model::view_permissions();
  permissions.dashboard = std::min(permissions.dashboard, limits.permissions.dashboard);
  permissions.chart = std::min(permissions.chart, limits.permissions.chart);
  return permissions;
}

/// Kinds that the body does not narrow are narrowed as the key is.
Result<model::Resources> choose_resources(const model::KeyLimits& limits, model::Resources named) {
  const model::Resources& wide = limits.resources;
  if (!named.dashboards_narrowed) {
    named.dashboards_narrowed = wide.dashboards_narrowed;
    named.dashboards = wide.dashboards;
  }
  if (!named.charts_narrowed) {
    named.charts_narrowed = wide.charts_narrowed;
    named.charts = wide.charts;
  }
  RETURN_IF_ERROR(model::check_within(named, wide));
  return named;
}

/// The user with the attributes that the key fixes.
Result<MintUser> limit_user(const model::KeyLimits& limits, MintUser user) {
  if (!limits.roles.contains(user.role)) return beyond_key("user.role");
  for (const auto& fixed : limits.attributes) {
    const json::value* given = user.attributes.if_contains(fixed.key());
    if (given == nullptr) {
      user.attributes.emplace(fixed.key(), fixed.value());
    } else if (*given != fixed.value()) {
      return beyond_key("user.attributes." + std::string(fixed.key()));
    }
  }
  return user;
}

}  // namespace

std::optional<std::chrono::seconds> parse_lifetime(std::string_view text) {
  if (text.size() < 2 || text.size() > kMaxLifetimeBytes) return std::nullopt;
  std::int64_t count = 0;
  const char* unit = text.data() + text.size() - 1;
  const auto [end, problem] = std::from_chars(text.data(), unit, count);
  if (problem != std::errc() || end != unit || count <= 0 || count > 1'000'000'000)
    return std::nullopt;
  for (const LifetimeUnit& known : kUnits) {
    if (known.letter == *unit) return std::chrono::seconds(count * known.seconds);
  }
  return std::nullopt;
}

std::string render_lifetime(std::chrono::seconds lifetime) {
  for (const LifetimeUnit& unit : kUnits) {
    if (lifetime.count() % unit.seconds == 0) {
      return fmt::format("{}{}", lifetime.count() / unit.seconds, unit.letter);
    }
  }
  return {};
}

Result<std::chrono::seconds> TokenMint::choose_lifetime(
    const model::ApiKey& key, const std::optional<std::string>& expires_in) const {
  const std::chrono::seconds of_key =
      std::min(key.limits.lifetime_max.value_or(lifetime_max_), lifetime_max_);
  if (!expires_in) return std::min(kDefaultLifetime, of_key);
  const auto lifetime = parse_lifetime(*expires_in);
  if (!lifetime) {
    return Error{
        Code::kInvalidBody, "Must be a number and a unit, like 30m or 1h.", {}, "expiresIn"};
  }
  if (*lifetime > lifetime_max_) {
    return Error{Code::kInvalidBody,
                 fmt::format("Must be at most {}.", render_lifetime(lifetime_max_)),
                 {},
                 "expiresIn"};
  }
  if (*lifetime > of_key) return beyond_key("expiresIn");
  return *lifetime;
}

Result<Claims> TokenMint::read_claims(const model::ApiKey& key, const store::OrganizationView& view,
                                      const json::value& body) const {
  ObjectReader reader(body, "");
  const json::value* user_json = reader.required_object("user");
  const json::value* permissions_json = reader.optional_object("permissions");
  const json::value* resources_json = reader.optional_object("resources");
  const auto origins_named = reader.optional_strings("origins", ObjectReader::Single::kRefused);
  const auto expires_in = reader.optional_string("expiresIn");
  std::optional<model::Permissions> permissions_named;
  if (permissions_json != nullptr) {
    permissions_named = model::read_permissions(*permissions_json, "permissions", reader);
  }
  model::Resources resources_named;
  if (resources_json != nullptr) {
    resources_named = model::read_resources(*resources_json, "resources", reader);
  }
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const auto lifetime, choose_lifetime(key, expires_in));
  ASSIGN_OR_RETURN(MintUser user, read_user(*user_json));
  ASSIGN_OR_RETURN(user, limit_user(key.limits, std::move(user)));
  RETURN_IF_ERROR(check_attributes(user.attributes, view));
  RETURN_IF_ERROR(check_resources(resources_named, view));
  ASSIGN_OR_RETURN(const auto permissions, choose_permissions(key.limits, permissions_named));
  ASSIGN_OR_RETURN(auto resources, choose_resources(key.limits, std::move(resources_named)));
  ASSIGN_OR_RETURN(auto origins,
                   choose_origins(key.limits, origins_named.value_or(std::vector<std::string>())));
  const base::Seconds now = clock_.now();
  return Claims{issuer_of(key.organization, key.environment),
                audience_of(key.environment),
                std::move(user.distinct_id),
                key.organization,
                key.environment,
                key.id,
                crypto::random_base32(26),
                now,
                now,
                now + lifetime,
                user.role,
                std::move(user.attributes),
                permissions,
                std::move(resources),
                std::move(origins)};
}

bool TokenMint::is_at_hand(const model::ApiKey& key) {
  return views_.is_at_hand(key.organization) && revocations_.is_at_hand(key.organization) &&
         signing_keys_.is_at_hand();
}

Result<MintedToken> TokenMint::mint(const model::ApiKey& key, std::string_view body) {
  if (body.size() > kMaxMintBodyBytes) {
    return Error{Code::kBodyTooLarge, fmt::format("The body is over {} bytes.", kMaxMintBodyBytes)};
  }
  base::JsonScratch scratch;
  ASSIGN_OR_RETURN(const json::value parsed, base::parse_json(body, scratch.storage()));
  ASSIGN_OR_RETURN(const auto view, views_.get(key.organization));
  ASSIGN_OR_RETURN(const Claims claims, read_claims(key, *view, parsed));
  RETURN_IF_ERROR(revocations_.check_issue(claims));
  ASSIGN_OR_RETURN(const auto signer, signing_keys_.get_signer(key.organization, key.environment));
  std::string token = issue_embed_token(claims, *signer, key.token_form);
  if (token.size() > kMaxTokenBytes) {
    return Error{Code::kTokenTooLarge,
                 "The token would be over 8 KiB; send fewer attributes.",
                 {},
                 "user.attributes"};
  }
  return MintedToken{std::move(token), claims.distinct_id, claims.expires_at - claims.issued_at,
                     claims.expires_at, key.environment};
}

}  // namespace auth
