// Set-up, sign in, sign out, who is signed in and where, and changing the password.

#include <algorithm>

#include "auth/password_rules.h"
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

/// What the set-up secret is called where attempts are counted; no email looks like it.
constexpr std::string_view kSetupAttempt = "set-up";

auth::Device device_of(const Request& request) {
  return {request.header("user-agent").value_or(""), request.remote_address};
}

/// Ends the session that the request came with, where there is one.
Result<base::Done> end_presented(Services& services, const Request& request) {
  const auto signed_in = require_session(services, request);
  if (!signed_in) {
    if (signed_in.error().code == Code::kNotSignedIn) return base::Done{};
    return signed_in.error();
  }
  return services.sessions.end(*signed_in, signed_in->session, request.remote_address);
}

Response respond_signed_in(Services& services, const Request& request,
                           const Result<auth::OpenedSession>& session, int status) {
  if (!session) return problem_response(session.error(), request);
  // The browser is about to forget the session that it had.
  if (const auto ended = end_presented(services, request); !ended) {
    log_failure(ended.error(), request.id);
  }
  Response response = respond(render_session(services, session->user), request, status);
  response.headers.emplace_back("set-cookie", session_cookie(services, session->secret));
  return response;
}

Result<json::value> find_session(Services& services, const Request& request) {
  auto signed_in = require_session(services, request);
  if (signed_in) return render_session(services, signed_in->user);
  if (signed_in.error().code != Code::kNotSignedIn) return std::move(signed_in).error();
  ASSIGN_OR_RETURN(const bool set_up, services.accounts.is_set_up());
  return json::value{{"state", set_up ? "signed_out" : "setup_required"}};
}

Result<auth::OpenedSession> sign_in(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const std::string email = reader.required_string("email");
  const base::Secret password(reader.required_string("password", auth::kMaxPasswordBytes));
  RETURN_IF_ERROR(reader.finish());
  return services.sign_in.sign_in(email, password, device_of(request));
}

Result<auth::OpenedSession> set_up(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const std::string secret = reader.required_string("setupSecret");
  const std::string organization = reader.required_string("organization");
  const auth::NewUser admin{
      reader.required_string("email"),
      base::Secret(reader.required_string("password", auth::kMaxPasswordBytes)),
      model::Role::kAdmin};
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const bool done, services.accounts.is_set_up());
  if (done) return Error{Code::kSetupDone, "This server is already set up."};
  const model::Actor actor{model::ActorKind::kServer, {}, "Set-up page", request.remote_address};
  const auto create = [&] {
    return services.accounts.create_organization(organization, admin, actor);
  };
  ASSIGN_OR_RETURN(
      const model::User user,
      services.throttle.run({kSetupAttempt, request.remote_address}, Code::kSetupSecretWrong,
                            [&] { return services.setup_secret.use(secret, create); }));
  return services.sessions.open(user, device_of(request));
}

Result<json::value> list_sessions(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const auth::SignedIn who, require_session(services, request));
  ASSIGN_OR_RETURN(const auto sessions, services.sessions.list(who));
  json::array array;
  for (const model::Session& session : sessions) {
    array.push_back(json::object{{"id", session.id.text()},
                                 {"createdAt", base::render_time(session.created_at)},
                                 {"lastSeenAt", base::render_time(session.last_seen_at)},
                                 {"expiresAt", base::render_time(session.expires_at)},
                                 {"userAgent", session.user_agent},
                                 {"remoteAddress", session.remote_address},
                                 {"current", session.id == who.session}});
  }
  return json::value{{"sessions", std::move(array)}};
}

Result<base::Done> end_session(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const auth::SignedIn who, require_session(services, request));
  return services.sessions.end(who, base::SessionId(request.parameters.at("id")),
                               request.remote_address);
}

Result<base::Done> end_other_sessions(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const auth::SignedIn who, require_session(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  RETURN_IF_ERROR(base::ObjectReader(body, "").finish());
  return services.sessions.end_others(who, request.remote_address);
}

Result<base::Done> change_password(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const auth::SignedIn who, require_session(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const base::Secret current(reader.required_string("currentPassword", auth::kMaxPasswordBytes));
  const base::Secret wanted(reader.required_string("newPassword", auth::kMaxPasswordBytes));
  RETURN_IF_ERROR(reader.finish());
  return services.sign_in.change_password(who, current, wanted, request.remote_address);
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
  Response response = respond(end_presented(services, request), request);
  response.headers.emplace_back("set-cookie", expired_session_cookie(services));
  return response;
}

Response get_sessions(Services& services, const Request& request) {
  return respond(list_sessions(services, request), request);
}

Response delete_session_by_id(Services& services, const Request& request) {
  return respond(end_session(services, request), request);
}

Response post_sign_out_others(Services& services, const Request& request) {
  return respond(end_other_sessions(services, request), request);
}

Response post_password(Services& services, const Request& request) {
  return respond(change_password(services, request), request);
}

Response get_health(Services&, const Request& request) {
  return respond(json::value{{"status", "ok"}}, request);
}

}  // namespace http
