#include "http/xlsx_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <mutex>
#include <string_view>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <xlsxwriter.h>

#include <fmt/format.h>

namespace http {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

/// Excel counts the characters of a cell in UTF-16; no text has more of them than bytes.
constexpr std::size_t kCellBytesMax = 32'766;
/// What a number of Excel (a double) holds of a whole number, which it shows 15 digits of.
constexpr std::int64_t kExactMax = 999'999'999'999'999;
/// Of sheet that is written; no spreadsheet program opens a larger one.
constexpr std::int64_t kSheetBytesMax = std::int64_t{1} << 30;
/// The calendar of Excel begins here, but has a day too many in February 1900.
constexpr model::Date kFirstDay{std::chrono::year(1900) / 3 / 1};
constexpr std::size_t kColumnsMax = 16'384;
constexpr std::uint64_t kSpareBytes = std::uint64_t{16} << 20;
constexpr int kColumnWidth = 18;
constexpr std::size_t kPieceBytes = std::size_t{256} << 10;

/// The library makes up the names of its temporary files from a state that all workbooks share, and
/// goes elsewhere with them where one is taken.
std::mutex& naming_mutex() {
  static std::mutex mutex;
  return mutex;
}

Error storage_failure(int error_number) {
  const std::string detail = std::generic_category().message(error_number);
  if (error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG) {
    return {Code::kStorageFull, "The disk is full.", detail};
  }
  return {Code::kStorageFailed, "A file could not be written.", detail};
}

Error too_large(std::string_view of_what) {
  return {Code::kQueryTooLarge,
          fmt::format("A spreadsheet holds at most {}. Take CSV instead.", of_what)};
}

/// "…" in place of what a cell does not hold; never cuts a character.
std::string fitting(const std::string& text) {
  if (text.size() <= kCellBytesMax) return text;
  constexpr std::string_view kEllipsis = "…";
  std::size_t end = kCellBytesMax - kEllipsis.size();
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + std::string(kEllipsis);
}

/// The library takes C strings: a text would end at its first NUL.
std::string without_nul(std::string text) {
  std::erase(text, '\0');
  return text;
}

/// "#,##0.00", and its unit letter by letter, so that none of it is a code of Excel's.
std::string number_format(const model::NumberFormat& format) {
  std::string code = format.percent ? "0" : "#,##0";
  if (format.decimals > 0)
    code += "." + std::string(static_cast<std::size_t>(format.decimals), '0');
  if (format.percent) return code + "%";
  if (format.unit.empty()) return code;
  std::string unit = format.unit;
  std::erase(unit, '"');
  return code + " \"" + without_nul(unit) + "\"";
}

lxw_datetime to_excel(model::Date day, std::chrono::seconds time) {
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time);
  lxw_datetime excel{};
  excel.year = static_cast<int>(date.year());
  excel.month = static_cast<int>(static_cast<unsigned>(date.month()));
  excel.day = static_cast<int>(static_cast<unsigned>(date.day()));
  excel.hour = static_cast<int>(clock.hours().count());
  excel.min = static_cast<int>(clock.minutes().count());
  excel.sec = static_cast<double>(clock.seconds().count());
  return excel;
}

/// The file and its device: whether a descriptor is still that of a file that was opened.
std::pair<dev_t, ino_t> identity_of(int descriptor) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) return {};
  return {status.st_dev, status.st_ino};
}

}  // namespace

NamelessFile::NamelessFile(NamelessFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

NamelessFile::~NamelessFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::string> NamelessFile::read() {
  std::string piece(kPieceBytes, '\0');
  while (true) {
    const ssize_t count = ::read(descriptor_, piece.data(), piece.size());
    if (count >= 0) {
      piece.resize(static_cast<std::size_t>(count));
      return piece;
    }
    if (errno != EINTR) return storage_failure(errno);
  }
}

struct XlsxFile::Workbook {
  Workbook() = default;
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  ~Workbook() {
    abandon();
    if (descriptor >= 0) ::close(descriptor);
    if (!path.empty()) ::unlink(path.c_str());
  }

  [[nodiscard]] Result<Done> open(const std::string& folder, std::vector<FileColumn> shown);
  void write_labels();
  void write_row(const source::ResultSet& result, std::size_t from);
  /// kQueryTooLarge, kStorageFull, kStorageFailed: what became of the rows until now.
  [[nodiscard]] Result<Done> check_size() const;
  /// kStorageFull where the workbook would not fit beside its rows: the library does not notice.
  [[nodiscard]] Result<Done> check_room() const;
  [[nodiscard]] Result<NamelessFile> close();

  /// Frees the workbook. The library leaves the rows' file open unless it wrote the whole of it.
  void abandon() {
    if (book == nullptr) return;
    lxw_workbook_free(std::exchange(book, nullptr));
    std::fclose(std::exchange(rows_file, nullptr));
  }

  // One for each type of a cell.
  void write(lxw_col_t at, const std::string& text) {
    worksheet_write_string(sheet, row, at, without_nul(fitting(text)).c_str(), nullptr);
  }
  void write(lxw_col_t at, double number) {
    worksheet_write_number(sheet, row, at, number, formats[at]);
  }
  void write(lxw_col_t at, std::int64_t number) {
    if (number > kExactMax || number < -kExactMax) return write(at, std::to_string(number));
    write(at, static_cast<double>(number));
  }
  void write(lxw_col_t at, bool flag) {
    worksheet_write_boolean(sheet, row, at, flag ? 1 : 0, nullptr);
  }
  void write(lxw_col_t at, model::Date day) {
    if (day < kFirstDay) return write(at, model::render_date(day));
    lxw_datetime excel = to_excel(day, {});
    worksheet_write_datetime(sheet, row, at, &excel, date_format);
  }
  void write(lxw_col_t at, model::Datetime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    if (day < kFirstDay) return write(at, base::render_time(time));
    lxw_datetime excel = to_excel(day, time - day);
    worksheet_write_datetime(sheet, row, at, &excel, moment_format);
  }

  std::string path;
  int descriptor = -1;
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  std::FILE* rows_file = nullptr;  ///< Where the library keeps rows until the workbook closes.
  std::vector<FileColumn> columns;
  std::vector<lxw_format*> formats;  ///< One for each column; null where there is none.
  lxw_format* date_format = nullptr;
  lxw_format* moment_format = nullptr;
  lxw_row_t row = 0;
};

Result<Done> XlsxFile::Workbook::open(const std::string& folder, std::vector<FileColumn> shown) {
  columns = std::move(shown);
  if (columns.size() > kColumnsMax) return too_large("16,384 columns");
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem) return storage_failure(problem.value());
  std::string own_path = folder + "/export-XXXXXX";
  descriptor = ::mkostemp(own_path.data(), O_CLOEXEC);
  if (descriptor < 0) return storage_failure(errno);
  path = std::move(own_path);
  std::string temporary_folder = folder;
  lxw_workbook_options options{LXW_TRUE, temporary_folder.data(), LXW_FALSE};
  const std::scoped_lock lock(naming_mutex());
  book = workbook_new_opt(path.c_str(), &options);
  if (book == nullptr) return storage_failure(ENOMEM);
  sheet = workbook_add_worksheet(book, "Data");
  if (sheet == nullptr) {
    lxw_workbook_free(std::exchange(book, nullptr));
    return storage_failure(errno);
  }
  rows_file = sheet->optimize_tmpfile;
  return Done{};
}

void XlsxFile::Workbook::write_labels() {
  lxw_format* bold = workbook_add_format(book);
  format_set_bold(bold);
  date_format = workbook_add_format(book);
  format_set_num_format(date_format, "yyyy-mm-dd");
  moment_format = workbook_add_format(book);
  format_set_num_format(moment_format, "yyyy-mm-dd hh:mm:ss");
  for (const FileColumn& column : columns) {
    const auto at = static_cast<lxw_col_t>(formats.size());
    lxw_format* format = column.format ? workbook_add_format(book) : nullptr;
    if (format != nullptr) {
      format_set_num_format(format, number_format(*column.format).c_str());
    }
    formats.push_back(format);
    worksheet_set_column(sheet, at, at, kColumnWidth, nullptr);
    worksheet_write_string(sheet, 0, at, without_nul(fitting(column.label)).c_str(), bold);
  }
  worksheet_freeze_panes(sheet, 1, 0);
  row = 1;
}

void XlsxFile::Workbook::write_row(const source::ResultSet& result, std::size_t from) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto at = static_cast<lxw_col_t>(i);
    const model::Cell& cell = result.columns[i].cells[from];
    if (cell) {
      std::visit([&](const auto& value) { write(at, value); }, *cell);
    } else if (columns[i].rest) {
      write(at, std::string(kRestLabel));
    }
  }
  ++row;
}

Result<Done> XlsxFile::Workbook::check_size() const {
  if (std::ferror(rows_file) != 0) return storage_failure(ENOSPC);
  if (std::ftell(rows_file) > kSheetBytesMax) return too_large("one gigabyte");
  return Done{};
}

Result<Done> XlsxFile::Workbook::check_room() const {
  if (std::fflush(rows_file) != 0) return storage_failure(errno);
  RETURN_IF_ERROR(check_size());
  struct statvfs room{};
  if (::fstatvfs(descriptor, &room) != 0) return storage_failure(errno);
  // The library puts the sheet together beside its rows, and packs that, before either goes.
  const auto needed = static_cast<std::uint64_t>(std::ftell(rows_file)) * 2 + kSpareBytes;
  if (room.f_bavail * room.f_frsize < needed) return storage_failure(ENOSPC);
  return Done{};
}

Result<NamelessFile> XlsxFile::Workbook::close() {
  RETURN_IF_ERROR(check_room());
  const int rows_descriptor = ::fileno(rows_file);
  const auto rows_identity = identity_of(rows_descriptor);
  const std::scoped_lock lock(naming_mutex());
  const lxw_error problem = workbook_close(std::exchange(book, nullptr));
  std::FILE* const left = std::exchange(rows_file, nullptr);
  if (problem != LXW_NO_ERROR) {
    // Where it failed early it did not close what it read the rows from.
    if (identity_of(rows_descriptor) == rows_identity) std::fclose(left);
    return storage_failure(ENOSPC);
  }
  ::unlink(std::exchange(path, {}).c_str());
  return NamelessFile(std::exchange(descriptor, -1));
}

XlsxFile::XlsxFile(std::unique_ptr<Workbook> workbook) : workbook_(std::move(workbook)) {}
XlsxFile::XlsxFile(XlsxFile&&) noexcept = default;
XlsxFile::~XlsxFile() = default;

Result<XlsxFile> XlsxFile::create(const std::string& folder,
                                  const std::vector<FileColumn>& columns) {
  auto workbook = std::make_unique<Workbook>();
  RETURN_IF_ERROR(workbook->open(folder, columns));
  workbook->write_labels();
  return XlsxFile(std::move(workbook));
}

Result<Done> XlsxFile::append(const source::ResultSet& result) {
  const std::size_t count = result.rows();
  if (std::cmp_greater(workbook_->row + count, kXlsxRowsMax + 1))
    return too_large("1,048,575 rows");
  for (std::size_t i = 0; i < count; ++i) workbook_->write_row(result, i);
  return workbook_->check_size();
}

Result<NamelessFile> XlsxFile::finish() && { return workbook_->close(); }

}  // namespace http
