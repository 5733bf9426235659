#pragma once

// The web app and the embed script, packed into the program by tools/pack-assets.mjs.

#include <span>
#include <string_view>

namespace http {

struct Asset {
  std::string_view path;  ///< As requested, e.g. "/embed/embed.js".
  std::string_view content_type;
  std::string_view etag;  ///< With its quotes.
  std::string_view identity;
  std::string_view gzip;    ///< Empty where it would not be smaller.
  std::string_view brotli;  ///< Empty where it would not be smaller.
  bool immutable;           ///< The file's name holds a hash of its content.
};

/// All packed files, sorted by path. They live as long as the program.
std::span<const Asset> packed_assets();

}  // namespace http
