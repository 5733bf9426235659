#include <cstdio>
#include <iostream>
#include <iterator>

#include <fmt/format.h>

#include "app/command_line.h"
#include "app/commands.h"
#include "app/metadata.h"
#include "catalog/content_file.h"
#include "crypto/init.h"
#include "store/organization_view.h"

namespace app {
namespace {

using base::Result;

/// The metadata and whose content the command reads or changes.
struct ContentDesk {
  Metadata metadata;
  catalog::ContentAuthor author;
  std::shared_ptr<const store::OrganizationView> view;
};

Result<ContentDesk> open_desk(const config::Settings& settings, const std::string& name) {
  crypto::init();
  ASSIGN_OR_RETURN(Metadata metadata, open_metadata(settings, MissingDirectory::kRefuse,
                                                    auth::CutOffRotation::kLeave));
  ASSIGN_OR_RETURN(const model::Organization organization,
                   find_organization(*metadata.store, name));
  ASSIGN_OR_RETURN(auto view, store::OrganizationViews(*metadata.store).get(organization.id));
  return ContentDesk{std::move(metadata), catalog::author_at_command_line(organization.id),
                     std::move(view)};
}

}  // namespace

Result<int> export_content(const config::Settings& settings, const std::string& organization,
                           const std::string& dashboard) {
  ASSIGN_OR_RETURN(const ContentDesk desk, open_desk(settings, organization));
  std::optional<base::DashboardId> id;
  if (!dashboard.empty()) id = base::DashboardId(dashboard);
  ASSIGN_OR_RETURN(base::json::object file,
                   catalog::export_content(*desk.metadata.store, desk.author, *desk.view, id));
  fmt::print("{}\n", base::render_json(base::json::value(std::move(file))));
  return kDone;
}

Result<int> apply_content(const config::Settings& settings, const std::string& organization,
                          ApplyMode mode) {
  ASSIGN_OR_RETURN(const ContentDesk desk, open_desk(settings, organization));
  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  ASSIGN_OR_RETURN(const base::json::value file, base::parse_json(text));
  const auto rehearsal =
      mode == ApplyMode::kDryRun ? catalog::Rehearsal::kYes : catalog::Rehearsal::kNo;
  ASSIGN_OR_RETURN(const auto changes,
                   catalog::apply_content(*desk.metadata.store, desk.author, *desk.view, file,
                                          rehearsal, base::SystemClock().now()));
  for (const catalog::AppliedChange& change : changes) {
    fmt::print("{:<9}  {:<9}  {}\n", change.change, change.kind, change.name);
  }
  return kDone;
}

}  // namespace app
