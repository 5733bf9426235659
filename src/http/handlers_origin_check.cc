// Settings → Embed → Authorized Origins: which entry allows a page, or why none does.

#include "auth/origin.h"
#include "catalog/embed_settings.h"
#include "http/credentials.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Result;

json::object render_verdict(const auth::OriginVerdict& verdict) {
  json::value entry = nullptr;
  if (verdict.entry != nullptr) {
    entry = json::object{{"id", verdict.entry->id.text()}, {"origin", verdict.entry->origin}};
  }
  return {{"allowed", verdict.allowed}, {"entry", std::move(entry)}, {"reason", verdict.reason}};
}

Result<json::value> check(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const auto entries, catalog::list_authorized_origins(services.store, principal));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const std::string url = reader.required_string("url", 4096);
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const std::string origin, auth::origin_of_url(url));
  const auto judge = [&](model::Environment environment) {
    return render_verdict(auth::judge_origin(origin, entries, environment));
  };
  return json::value{{"origin", origin},
                     {"sandbox", judge(model::Environment::kSandbox)},
                     {"production", judge(model::Environment::kProduction)}};
}

}  // namespace

Response post_origin_check(Services& services, const Request& request) {
  return respond(check(services, request), request);
}

}  // namespace http
