#pragma once

// How dashboards look: colours, font, spacing. Every value becomes CSS in a viewer's page, so none
// may say more than a colour, a number or the name of a font.

#include "base/json.h"
#include "base/result.h"

namespace model {

/// {"colors": [at most 10 "#rrggbb"], "background", "surface", "text", "muted", "border", "accent":
/// "#rrggbb", "font": list of names, "radius": pixels, "density": "comfortable" | "compact",
/// "dark": the same colours}, all optional. kInvalidBody with a field below "theme".
[[nodiscard]] base::Result<base::json::object> parse_theme(const base::json::value& json);

/// `theme` with what it leaves out taken from `base`, its dark colours likewise. Both as
/// parse_theme lets them pass.
[[nodiscard]] base::json::object merge_themes(const base::json::object& base,
                                              const base::json::object& theme);

}  // namespace model
