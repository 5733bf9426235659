#pragma once

// Charts of a dashboard, or one on its own, as NDJSON, a line each as it is ready: what the answers
// of rows and of explanations share.

#include <functional>
#include <optional>
#include <string>

#include "auth/token_verifier.h"
#include "base/result.h"
#include "http/data_request.h"
#include "http/message.h"
#include "http/open_streams.h"
#include "http/services.h"
#include "query/chart_query.h"

namespace http {

/// Everything that one answer needs, held until the last line is written.
struct ChartStream {
  auth::TokenVerifier& verifier;
  OpenStreams& open_streams;
  std::optional<std::string> token;  ///< Of an embed; a signed-in user has none.
  std::optional<std::string> origin;
  ViewedContent viewed;
  query::Narrowing narrowing;
  std::string request_id;
};

/// The charts that the request's path names, as `holder` sees them, for an answer to `asker`, who
/// sent the request. Those of find_viewed; kInvalidBody.
[[nodiscard]] base::Result<ChartStream> prepare_charts(Services& services, const Request& request,
                                                       const model::Principal& asker,
                                                       const model::Principal& holder,
                                                       const NarrowingRequest& narrowing);

/// One chart's line, with its newline.
using ChartLine =
    std::function<base::Result<std::string>(const model::Chart&, const query::Cancellation&)>;
using RefusedLine = std::function<std::string(const model::Chart&, const base::Error&)>;

/// Writes the lines while the token, if there is one, may still have them, and an end line
/// {"end":true,"charts":N}. A chart that went out of its reach meanwhile is refused. Stops the
/// running query when the client goes.
void write_charts(const ChartStream& run, BodyStream& stream, const ChartLine& line,
                  const RefusedLine& refused);

}  // namespace http
