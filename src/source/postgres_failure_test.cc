#include "source/postgres_failure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace source {
namespace {

using base::Code;
using model::TlsMode;
using ::testing::HasSubstr;
using ::testing::Not;

std::string what(const std::string& driver_text, TlsMode tls = TlsMode::kRequire) {
  const base::Error error = connection_failure(driver_text, tls);
  EXPECT_EQ(error.code, Code::kSourceUnavailable);
  EXPECT_EQ(error.detail, driver_text);
  return error.what;
}

TEST(PostgresFailure, TellsTheReasonAndNoDriverText) {
  EXPECT_EQ(what("connection to server at \"10.0.0.1\", port 5432 failed: FATAL:  28P01\n"),
            "The server refuses the user or the password.");
  EXPECT_EQ(what("could not translate host name \"x\" to address: Name or service not known"),
            "The host was not found.");
  EXPECT_EQ(what("FATAL:  28000\n", TlsMode::kDisable),
            "The server refuses this user, or requires TLS.");
  EXPECT_EQ(what("FATAL:  28000\n"), "The server refuses this user.");
  EXPECT_EQ(what("FATAL:  XX000\n"), "The server could not be connected to.");
}

TEST(PostgresFailure, TheAddressThatAnsweredCounts) {
  EXPECT_EQ(what("connection to server at \"::1\" failed: Connection refused\n"
                 "connection to server at \"127.0.0.1\" failed: server does not support SSL"),
            "The server does not offer TLS.");
}

TEST(PostgresFailure, AValueOfARowReachesNoLog) {
  const base::Error conversion =
      statement_failure("22P02", "invalid input syntax for type integer: \"canary\"");
  EXPECT_THAT(conversion.what + conversion.detail, Not(HasSubstr("canary")));
  EXPECT_THAT(conversion.detail, HasSubstr("22P02"));
  const base::Error missing = statement_failure("42P01", "relation \"x\" does not exist");
  EXPECT_THAT(missing.detail, HasSubstr("relation"));
  EXPECT_EQ(missing.what, "The database could not answer.");
}

TEST(PostgresFailure, TheServersOwnTimeLimitIsOurs) {
  EXPECT_EQ(statement_failure("57014", "canceling statement").code, Code::kQueryTimeout);
}

}  // namespace
}  // namespace source
