#include "http/handler_wall.h"

#include <exception>

#include "base/log.h"

namespace http {
namespace {

template <typename Handler>
Response respond(const Request& request, Handler handler) {
  try {
    return handler();
  } catch (const std::exception& error) {
    log_failure("handler_threw", request, error.what());
  } catch (...) {
    log_failure("handler_threw", request, "not a std::exception");
  }
  return empty_failure();
}

}  // namespace

Response handle_safely(Application& application, const Request& request) {
  return respond(request, [&] { return application.handle(request); });
}

Response refuse_safely(Application& application, const Request& request, Refusal refusal) {
  return respond(request, [&] { return application.refuse(request, refusal); });
}

void run_stream(const Request& request, const std::function<void(BodyStream&)>& stream,
                BodyChannel& channel) {
  auto end = BodyChannel::End::kAborted;
  try {
    if (!channel.is_gone()) stream(channel);
    end = BodyChannel::End::kComplete;
  } catch (const BrokenOff&) {
    end = BodyChannel::End::kAborted;  // its writer has said why
  } catch (const std::exception& error) {
    log_failure("stream_threw", request, error.what());
  } catch (...) {
    log_failure("stream_threw", request, "not a std::exception");
  }
  channel.finish(end);
}

Response empty_failure() {
  Response response;
  response.status = 500;
  response.content_type.clear();
  return response;
}

void log_failure(std::string_view event, const Request& request, std::string_view detail) {
  base::log(base::LogLevel::kError, event, {{"request_id", request.id}, {"detail", detail}});
}

}  // namespace http
