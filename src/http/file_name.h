#pragma once

// The name under which a browser saves an answer. Pure.

#include <string>
#include <string_view>

namespace http {

/// The value of `Content-Disposition` (RFC 6266) for a file of that name, which may be any UTF-8
/// text: in ASCII for everybody, and whole in the form of RFC 8187. Holds nothing that could end
/// the header or leave the folder that the file is saved to.
[[nodiscard]] std::string attachment(std::string_view name, std::string_view extension);

}  // namespace http
