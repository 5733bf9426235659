#pragma once

// The demo organization: US flights, one access rule, the dashboard *Departures*.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "auth/accounts.h"
#include "base/result.h"
#include "store/store.h"

namespace catalog {

inline constexpr std::string_view kDemoOrganization = "Demo";
inline constexpr std::string_view kDemoEmail = "admin@demo.example";

struct DemoOptions {
  std::string demo_files;  ///< Folder with flights-3m.parquet and airports.csv.
  std::string data_directory;
  std::function<void(std::string_view)> progress;
};

/// Makes what is missing of the demo; changes nothing that is there. Returns the admin's random
/// password when the organization was made by this call.
[[nodiscard]] base::Result<std::optional<base::Secret>> ensure_demo(store::Store& store,
                                                                    auth::Accounts& accounts,
                                                                    const DemoOptions& options);

}  // namespace catalog
