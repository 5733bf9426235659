#pragma once

// Comma-separated values (RFC 4180) that a spreadsheet shows as text. Pure.

#include <initializer_list>
#include <string>
#include <string_view>

namespace http {

/// Appends one record and CRLF. A cell that a spreadsheet would run as a formula, by its first
/// character, gets an apostrophe in front (OWASP, CSV injection).
void append_csv_record(std::string& out, std::initializer_list<std::string_view> cells);

}  // namespace http
