#pragma once

// Makers' use cases on dashboards: what they change is a draft until it is published, and viewers
// go on getting what was published last. Each change writes its audit event in its own transaction.

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/caller.h"
#include "model/dashboard.h"
#include "store/content.h"
#include "store/organization_view.h"
#include "store/store.h"

namespace catalog {

using store::DashboardState;

// Every function is kForbidden for who may not, and kNotFound alike for a dashboard of another
// organization and one that does not exist.

/// What makers see of it: its draft, or what viewers get.
[[nodiscard]] model::DashboardContent working_content(const DashboardState& state);

[[nodiscard]] base::Result<DashboardState> find_draft(store::Store& store,
                                                      const model::Principal& principal,
                                                      const base::DashboardId& id);

/// Whether all that `content` names is there and its tiles fit the grid. kInvalidBody, with fields
/// below "draft".
[[nodiscard]] base::Result<base::Done> check_content(const model::DashboardContent& content,
                                                     const store::OrganizationView& view);

/// Stores `content` as what makers see, in place of the version of `state`, with the event of
/// `action`: at once as all there is while nobody else sees the dashboard. Nothing: back to what
/// viewers get. Inside the caller's transaction. kConflict where `state` is not the present one.
[[nodiscard]] base::Result<DashboardState> put_draft(
    store::Connection& connection, const ContentAuthor& author, model::AuditAction action,
    DashboardState state, std::optional<model::DashboardContent> content, base::Seconds now);

/// A dashboard that is not published.
[[nodiscard]] base::Result<DashboardState> create_dashboard(store::Store& store,
                                                            const Caller& caller,
                                                            model::DashboardContent content,
                                                            base::Seconds now);

/// One change of a dashboard, by somebody who has seen `version`.
struct DraftEdit {
  const Caller& caller;
  base::DashboardId id;
  base::Seconds now;
};

/// Keeps `content` in place of version `seen`. kInvalidBody where it names what is not there;
/// kConflict where `seen` is not the present version.
[[nodiscard]] base::Result<DashboardState> save_draft(store::Store& store, const DraftEdit& edit,
                                                      const store::OrganizationView& view,
                                                      std::int64_t seen,
                                                      model::DashboardContent content);
/// Back to what viewers get.
[[nodiscard]] base::Result<DashboardState> discard_draft(store::Store& store,
                                                         const DraftEdit& edit);
/// A dashboard of its own with the same content; its charts are the same ones.
[[nodiscard]] base::Result<DashboardState> duplicate_dashboard(store::Store& store,
                                                               const DraftEdit& edit);
[[nodiscard]] base::Result<base::Done> remove_dashboard(store::Store& store, const DraftEdit& edit);

/// What was published, newest first.
[[nodiscard]] base::Result<std::vector<store::DashboardVersion>> list_dashboard_versions(
    store::Store& store, const model::Principal& principal, const base::DashboardId& id);
/// Makes that version the draft. kNotFound where there is no such version.
[[nodiscard]] base::Result<DashboardState> restore_version(store::Store& store,
                                                           const DraftEdit& edit,
                                                           std::int64_t version);

}  // namespace catalog
