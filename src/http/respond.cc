#include "http/handlers.h"

namespace http {

Response respond(base::Result<base::json::value> outcome, const Request& request, int status) {
  if (!outcome) return problem_response(outcome.error(), request);
  Response response;
  response.status = status;
  response.body = base::render_json(*outcome);
  return response;
}

Response respond(const base::Result<base::Done>& outcome, const Request& request) {
  if (!outcome) return problem_response(outcome.error(), request);
  Response response;
  response.status = 204;
  response.content_type.clear();
  return response;
}

}  // namespace http
