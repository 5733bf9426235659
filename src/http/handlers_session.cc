// Set-up, sign in, sign out, and who is signed in.

#include <algorithm>

#include "http/credentials.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::Result;

/// Of the first two words before the @, or the first two letters where there is one word.
std::string initials_of(std::string_view email) {
  const std::string_view name = email.substr(0, email.find('@'));
  const std::size_t second = name.find_first_of("._-+");
  std::string initials(name.substr(0, 2));
  if (second != std::string_view::npos && second > 0 && second + 1 < name.size()) {
    initials = {name[0], name[second + 1]};
  }
  std::ranges::transform(initials, initials.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
  });
  return initials;
}

Result<json::value> render_session(Services& services, const model::User& user) {
  ASSIGN_OR_RETURN(const auto view, services.views.get(user.organization));
  return json::value{
      {"state", "signed_in"},
      {"user",
       {{"id", user.id.text()},
        {"email", user.email},
        {"role", model::role_name(user.role)},
        {"initials", initials_of(user.email)}}},
      {"organization", {{"id", view->organization.id.text()}, {"name", view->organization.name}}}};
}

Response respond_signed_in(Services& services, const Request& request,
                           const Result<auth::Session>& session, int status) {
  if (!session) return problem_response(session.error(), request);
  Response response = respond(render_session(services, session->user), request, status);
  response.headers.emplace_back("set-cookie", session_cookie(services, session->secret));
  return response;
}

Result<json::value> find_session(Services& services, const Request& request) {
  auto signed_in = services.accounts.find_signed_in(session_secret(request));
  if (signed_in) return render_session(services, signed_in->user);
  if (signed_in.error().code != Code::kNotSignedIn) return std::move(signed_in).error();
  ASSIGN_OR_RETURN(const bool set_up, services.accounts.is_set_up());
  return json::value{{"state", set_up ? "signed_out" : "setup_required"}};
}

Result<auth::Session> sign_in(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const std::string email = reader.required_string("email");
  const base::Secret password(reader.required_string("password", 1024));
  RETURN_IF_ERROR(reader.finish());
  return services.accounts.sign_in(email, password);
}

Result<auth::Session> set_up(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const std::string secret = reader.required_string("setupSecret");
  const std::string organization = reader.required_string("organization");
  const auth::NewUser admin{reader.required_string("email"),
                            base::Secret(reader.required_string("password", 1024)),
                            model::Role::kAdmin};
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const bool done, services.accounts.is_set_up());
  if (done) return Error{Code::kSetupDone, "This server is already set up."};
  ASSIGN_OR_RETURN(const model::User user, services.setup_secret.use(secret, [&] {
    return services.accounts.create_organization(organization, admin);
  }));
  return services.accounts.open_session(user);
}

}  // namespace

Response get_session(Services& services, const Request& request) {
  return respond(find_session(services, request), request);
}

Response post_session(Services& services, const Request& request) {
  return respond_signed_in(services, request, sign_in(services, request), 200);
}

Response post_setup(Services& services, const Request& request) {
  return respond_signed_in(services, request, set_up(services, request), 201);
}

Response delete_session(Services& services, const Request& request) {
  const auto secret = session_secret(request);
  Response response = respond(
      secret ? services.accounts.sign_out(*secret) : Result<base::Done>(base::Done{}), request);
  response.headers.emplace_back("set-cookie", expired_session_cookie(services));
  return response;
}

Response get_health(Services&, const Request& request) {
  return respond(json::value{{"status", "ok"}}, request);
}

}  // namespace http
