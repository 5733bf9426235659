#include "http/file_name.h"

#include <gtest/gtest.h>

namespace http {
namespace {

TEST(Attachment, IsNamedAsItIsCalled) {
  EXPECT_EQ(attachment("Top 10 routes", "csv"),
            "attachment; filename=\"Top_10_routes.csv\"; filename*=UTF-8''Top%2010%20routes.csv");
  EXPECT_EQ(attachment("Größe 🦜", "xlsx"),
            "attachment; filename=\"Gr_e.xlsx\"; "
            "filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%F0%9F%A6%9C.xlsx");
}

TEST(Attachment, CanNotEndTheHeaderNorLeaveTheFolder) {
  EXPECT_EQ(attachment("a\"; filename=evil.exe\r\nset-cookie: x=1", "csv"),
            "attachment; filename=\"a_filename_evil_exe_set-cookie_x_1.csv\"; "
            "filename*=UTF-8''a%20%3B%20filename%3Devil%2Eexe%20%20set-cookie%20%20x%3D1.csv");
  EXPECT_EQ(attachment("../../etc/passwd", "csv"),
            "attachment; filename=\"etc_passwd.csv\"; "
            "filename*=UTF-8''etc%20passwd.csv");
  EXPECT_EQ(attachment("..", "csv"),
            "attachment; filename=\"chart.csv\"; filename*=UTF-8''chart.csv");
  EXPECT_EQ(attachment("", "csv"), attachment("...", "csv"));
  EXPECT_EQ(attachment("日本", "csv"),
            "attachment; filename=\"chart.csv\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.csv");
}

}  // namespace
}  // namespace http
