#pragma once

// A dashboard's charts as NDJSON, a line each as it is ready: what the answers of rows and of
// explanations share.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auth/token_verifier.h"
#include "base/result.h"
#include "http/data_request.h"
#include "http/message.h"
#include "http/open_streams.h"
#include "http/services.h"
#include "query/chart_query.h"
#include "store/organization_view.h"

namespace http {

/// Everything that one answer needs, held until the last line is written.
struct ChartStream {
  auth::TokenVerifier& verifier;
  OpenStreams& open_streams;
  std::optional<std::string> token;  ///< Of an embed; a signed-in user has none.
  std::optional<std::string> origin;
  std::shared_ptr<const store::OrganizationView> view;
  std::vector<const model::Chart*> charts;  ///< In `view`.
  query::Narrowing narrowing;
  std::string request_id;
};

/// The charts of the dashboard that the request's path names, as `holder` sees them, for an answer
/// to `asker`, who sent the request. kNotFound; kInvalidBody.
[[nodiscard]] base::Result<ChartStream> prepare_charts(Services& services, const Request& request,
                                                       const model::Principal& asker,
                                                       const model::Principal& holder,
                                                       const NarrowingRequest& narrowing);

/// One chart's line, with its newline.
using ChartLine =
    std::function<base::Result<std::string>(const model::Chart&, const query::Cancellation&)>;
using RefusedLine = std::function<std::string(const model::Chart&, const base::Error&)>;

/// Writes the lines while the token, if there is one, may still have them, and an end line
/// {"end":true,"charts":N}. Stops the running query when the client goes.
void write_charts(const ChartStream& run, BodyStream& stream, const ChartLine& line,
                  const RefusedLine& refused);

}  // namespace http
