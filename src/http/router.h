#pragma once

// The application behind the server: ordered middleware around one route table (routes.h).

#include <string_view>
#include <variant>
#include <vector>

#include "http/message.h"
#include "http/server.h"
#include "http/services.h"
#include "http/static_files.h"

namespace http {

/// A handler, and one that may reach customer data: the former has no way to a query.
using Handler = Response (*)(Services&, const Request&);
using DataHandler = Response (*)(DataServices&, const Request&);
/// Whether a handler would find in memory all that it needs for this request. Does not wait.
using AtHand = bool (*)(Services&, const Request&);

/// Who may call a route from which web page. Every route says it; there is no default.
enum class Audience {
  kPublic,  ///< No credential: anybody, from anywhere.
  kApp,  ///< Our own pages, by session cookie. State-changing calls from other sites are refused.
  kServer,  ///< A customer's backend, by API key. No CORS: browsers of other origins can not read
            ///< it.
  kAppOrServer,  ///< With an `x-api-key` as kServer, otherwise as kApp.
  kEmbed,        ///< A customer's page by bearer token (CORS), or our own pages by session cookie.
};

/// Whether rows of customer data can be in what a route answers, and how they come there. Every
/// route says it; there is no default, and the handler has to be of the kind that fits.
enum class Data {
  kNone,
  kThroughGuard,
  /// Of a file that somebody of the caller's organization uploads, for those who will write its
  /// rules: it is no table yet, so that there is nothing for the guard to go by.
  kUploaded,
};

struct Route {
  Method method;
  std::string_view pattern;  ///< Segments; `{name}` matches one segment.
  Audience audience;
  Dispatch::Thread thread;
  std::size_t body_limit_bytes;
  Data data;
  std::variant<Handler, DataHandler> handler;
  AtHand at_hand = nullptr;  ///< For kEither.
};

class Router final : public Application {
 public:
  Router(DataServices services, std::vector<Route> routes, StaticFiles files);

  [[nodiscard]] Dispatch dispatch(Method method, std::string_view path) const override;
  [[nodiscard]] bool is_at_hand(const Request& request) override;
  [[nodiscard]] Response handle(const Request& request) override;
  [[nodiscard]] Response refuse(const Request& request, Refusal refusal) override;

 private:
  struct Match {
    const Route* route = nullptr;  ///< Null when no route has this path and method.
    bool path_known = false;
  };
  [[nodiscard]] Match match(Method method, std::string_view path) const;
  [[nodiscard]] Response serve_file(const Request& request) const;
  [[nodiscard]] Response preflight(const Request& request) const;
  /// 405 with the `Allow` that RFC 9110 section 15.5.6 asks for.
  [[nodiscard]] Response refuse_method(const Request& request) const;

  [[nodiscard]] Response call(const Route& route, const Request& request);

  DataServices services_;
  std::vector<Route> routes_;
  StaticFiles files_;
};

}  // namespace http
