#pragma once

// What the path of a viewer's request names: `…/dashboards/{id}…`, or a chart on its own as
// `…/charts/{chart}…`. Both have data, rows and exports.

#include <memory>
#include <vector>

#include "base/result.h"
#include "http/message.h"
#include "http/services.h"
#include "model/principal.h"
#include "store/organization_view.h"

namespace http {

/// As its holder sees it.
struct ViewedContent {
  std::shared_ptr<const store::OrganizationView> view;
  const model::Dashboard* dashboard;        ///< In `view`; null for a chart on its own.
  std::vector<const model::Chart*> charts;  ///< In `view`.
};

/// What `holder` sees under the request's path. kPermissionMissing, kNotFound.
[[nodiscard]] base::Result<ViewedContent> find_viewed(Services& services, const Request& request,
                                                      const model::Principal& holder);

/// The one of its charts that the path names. kNotFound.
[[nodiscard]] base::Result<const model::Chart*> find_viewed_chart(const ViewedContent& viewed,
                                                                  const Request& request);

/// Whether neither `chart`, which is one of `viewed`, nor the dashboard that shows it was taken out
/// of the principal's reach since.
[[nodiscard]] bool is_still_in_reach(const model::Principal& principal, const ViewedContent& viewed,
                                     const model::Chart& chart);

}  // namespace http
