#pragma once

// Comma-separated values (RFC 4180) that a spreadsheet shows as text. Pure.

#include <initializer_list>
#include <string>
#include <string_view>

namespace http {

inline constexpr std::string_view kCsvRecordEnd = "\r\n";

/// Appends one record and its end.
void append_csv_record(std::string& out, std::initializer_list<std::string_view> cells);

/// Appends one cell. One that a spreadsheet would run as a formula, by its first character, gets an
/// apostrophe in front (OWASP, CSV injection). For texts: numbers need neither that nor quotes.
void append_csv_text(std::string& out, std::string_view cell);

}  // namespace http
