#include "model/theme.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "model/read_number.h"

namespace model {
namespace {

namespace json = base::json;
using base::ObjectReader;
using base::Result;

constexpr std::array<std::string_view, 6> kColorNames = {"background", "surface", "text",
                                                         "muted",      "border",  "accent"};
constexpr std::size_t kMaxColors = 10;
constexpr std::size_t kMaxFontBytes = 200;
constexpr double kMaxRadiusPixels = 64;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// "#rrggbb" and nothing else.
bool is_color(std::string_view text) {
  return text.size() == 7 && text[0] == '#' && std::ranges::all_of(text.substr(1), is_hex_digit);
}

/// Names with commas between them, with quotes around some.
bool is_font_list(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_letter_or_digit(c) || std::string_view(" ,-_'\"").find(c) != std::string_view::npos;
  });
}

void read_colors(ObjectReader& reader) {
  const auto colors = reader.optional_strings("colors", ObjectReader::Single::kRefused, kMaxColors);
  if (colors && !std::ranges::all_of(*colors, is_color)) {
    reader.refuse("colors", "Must be colours like #336699.");
  }
  for (const std::string_view name : kColorNames) {
    const auto color = reader.optional_string(name);
    if (color && !is_color(*color)) reader.refuse(name, "Must be a colour like #336699.");
  }
}

}  // namespace

Result<json::object> parse_theme(const json::value& value) {
  ObjectReader reader(value, "theme");
  read_colors(reader);
  const auto font = reader.optional_string("font", kMaxFontBytes);
  if (font && !is_font_list(*font)) reader.refuse("font", "Must be names of fonts.");
  const auto radius = read_number(reader, "radius");
  if (radius && (*radius < 0 || *radius > kMaxRadiusPixels)) {
    reader.refuse("radius", "Is out of range.");
  }
  const auto density = reader.optional_string("density");
  if (density && *density != "comfortable" && *density != "compact") {
    reader.refuse("density", "Is not comfortable or compact.");
  }
  if (const json::value* dark = reader.optional_object("dark")) {
    ObjectReader inner(*dark, reader.path_of("dark"));
    read_colors(inner);
    reader.adopt(inner);
  }
  RETURN_IF_ERROR(reader.finish());
  return value.get_object();
}

json::object merge_themes(const json::object& base, const json::object& theme) {
  json::object merged = base;
  for (const auto& [name, value] : theme) {
    const json::value* under = merged.if_contains(name);
    const bool nested = under != nullptr && under->is_object() && value.is_object();
    merged[name] =
        nested ? json::value(merge_themes(under->get_object(), value.get_object())) : value;
  }
  return merged;
}

}  // namespace model
