#pragma once

// Makers' use cases on charts. A chart is one thing wherever it is shown: a change of it is seen by
// the viewers of every published dashboard that holds it. Each change writes its audit event.

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "catalog/caller.h"
#include "model/chart.h"
#include "store/organization_view.h"
#include "store/store.h"

namespace catalog {

// Every function is kForbidden for who may not, and kNotFound alike for a chart of another
// organization and one that does not exist.

/// By name.
[[nodiscard]] base::Result<std::vector<const model::Chart*>> list_charts(
    const model::Principal& principal, const store::OrganizationView& view);
[[nodiscard]] base::Result<const model::Chart*> find_chart(const model::Principal& principal,
                                                           const store::OrganizationView& view,
                                                           const base::ChartId& id);

/// What a chart's author says of it.
struct WantedChart {
  std::string name;
  model::ChartSpec spec;
};
/// {"name","spec"} of a body. Problems are kept in `reader`, those of the spec below "spec".
[[nodiscard]] base::Result<WantedChart> parse_wanted_chart(base::ObjectReader& reader);

/// As model::parse_chart_spec, with fields below "spec".
[[nodiscard]] base::Result<model::ChartSpec> parse_spec(const base::json::value& json);

/// Whether the spec can be asked for: table, metrics, dimensions, filters, and what its type needs.
/// kInvalidBody, in words for its author.
[[nodiscard]] base::Result<base::Done> check_spec(const model::ChartSpec& spec,
                                                  const store::OrganizationView& view);

/// Viewers of published dashboards see a change of a chart at once, so what publishing asks is
/// asked of it: kCoverageUndecided where one shows it and nobody decided about its table.
[[nodiscard]] base::Result<base::Done> check_decided(const model::Chart& chart,
                                                     const store::OrganizationView& view);

/// kInvalidBody.
[[nodiscard]] base::Result<model::Chart> create_chart(store::Store& store, const Caller& caller,
                                                      const store::OrganizationView& view,
                                                      WantedChart wanted, base::Seconds now);
/// In place of the chart whose version was `seen`. kConflict where that is not the present one;
/// kCoverageUndecided where a published dashboard shows it and its table is undecided.
[[nodiscard]] base::Result<model::Chart> change_chart(store::Store& store, const Caller& caller,
                                                      const store::OrganizationView& view,
                                                      const base::ChartId& id, std::int64_t seen,
                                                      WantedChart wanted, base::Seconds now);
/// kContentInUse, naming them, while dashboards or their drafts show it, unless that is `forced`;
/// then their tiles stay empty.
enum class InUse : std::uint8_t { kRefused, kForced };
[[nodiscard]] base::Result<base::Done> remove_chart(store::Store& store, const Caller& caller,
                                                    const store::OrganizationView& view,
                                                    const base::ChartId& id, InUse in_use,
                                                    base::Seconds now);

/// The dashboards that show the chart to viewers, by id.
[[nodiscard]] std::vector<const model::Dashboard*> dashboards_with(
    const store::OrganizationView& view, const base::ChartId& id);

}  // namespace catalog
