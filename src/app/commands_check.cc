#include <fmt/format.h>

#include "app/command_line.h"
#include "app/commands.h"
#include "app/metadata.h"
#include "catalog/coverage.h"
#include "crypto/init.h"
#include "store/accounts.h"
#include "store/organization_view.h"

namespace app {
namespace {

namespace json = base::json;
using base::Result;

/// What is known of one dashboard of one organization.
struct Checked {
  std::string organization;
  const model::Dashboard* dashboard;
  catalog::Coverage coverage;
};

void print_text(const Checked& checked) {
  const bool decided = checked.coverage.decided();
  fmt::print("{:<9}  {:<9}  {} / {}\n", decided ? "decided" : "UNDECIDED",
             checked.dashboard->published ? "published" : "draft", checked.organization,
             checked.dashboard->name);
  for (const catalog::TableCoverage& table : checked.coverage.tables) {
    fmt::print("           {}: {}, {} rules{}{}\n", table.label, model::access_name(table.access),
               table.rules.size(), table.undecided.empty() ? "" : ": ", table.undecided);
  }
}

json::object render(const Checked& checked) {
  json::object object = catalog::render_coverage(checked.coverage);
  object["organization"] = checked.organization;
  object["id"] = checked.dashboard->id.text();
  object["name"] = checked.dashboard->name;
  object["published"] = checked.dashboard->published;
  return object;
}

/// The report that is built up over all organizations.
class Report {
 public:
  explicit Report(CheckFormat format) : format_(format) {}

  void add(const store::OrganizationView& view) {
    for (const auto& [id, dashboard] : view.dashboards) {
      const Checked checked{view.organization.name, &dashboard, catalog::cover(dashboard, view)};
      if (dashboard.published && !checked.coverage.decided()) decided_ = false;
      if (format_ == CheckFormat::kText) print_text(checked);
      if (format_ == CheckFormat::kJson) dashboards_.push_back(render(checked));
    }
  }

  int finish() {
    if (format_ == CheckFormat::kJson) {
      const json::object report{{"decided", decided_}, {"dashboards", std::move(dashboards_)}};
      fmt::print("{}\n", base::render_json(report));
    }
    return decided_ ? kDone : kFailed;
  }

 private:
  CheckFormat format_;
  bool decided_ = true;
  json::array dashboards_;
};

}  // namespace

Result<int> check_coverage(const config::Settings& settings, CheckFormat format) {
  crypto::init();
  ASSIGN_OR_RETURN(const Metadata metadata, open_metadata(settings, MissingDirectory::kRefuse,
                                                          auth::CutOffRotation::kLeave));
  ASSIGN_OR_RETURN(const auto organizations,
                   metadata.store->read([](store::Connection& connection) {
                     return store::list_organizations(connection);
                   }));
  store::OrganizationViews views(*metadata.store);
  Report report(format);
  for (const model::Organization& organization : organizations) {
    ASSIGN_OR_RETURN(const auto view, views.get(organization.id));
    report.add(*view);
  }
  return report.finish();
}

}  // namespace app
