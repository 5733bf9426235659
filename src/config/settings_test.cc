#include "config/settings.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace config {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

base::Result<Settings> load(const Texts& command_line) {
  return load_settings(
      {command_line, [](const std::string&) { return std::optional<std::string>(); }});
}

TEST(Settings, HaveTheirTypesAndUnits) {
  const auto settings = load({{"data-dir", "/data"},
                              {"port", "9000"},
                              {"demo", "true"},
                              {"token-lifetime-max-seconds", "60"},
                              {"cache-mib", "2"},
                              {"engine-threads", "3"},
                              {"log-level", "warning"}});
  ASSERT_TRUE(settings.ok()) << settings.error().what;
  EXPECT_EQ(settings->data_dir, "/data");
  EXPECT_EQ(settings->port, 9000);
  EXPECT_TRUE(settings->demo);
  EXPECT_EQ(settings->token_lifetime_max, std::chrono::minutes(1));
  EXPECT_EQ(settings->cache_bytes, 2U << 20);
  EXPECT_EQ(settings->engine_threads, 3);
  EXPECT_EQ(settings->log_level, base::LogLevel::kWarning);
}

TEST(Settings, ZeroThreadsMeansAsManyAsThereAreCores) {
  const auto settings = load({{"data-dir", "/data"}});
  ASSERT_TRUE(settings.ok());
  EXPECT_GE(settings->engine_threads, 1);
  EXPECT_GE(settings->network_threads, 1U);
}

TEST(Settings, ThePublicUrlIsThatOfTheAddressUnlessGiven) {
  const auto by_default = load({{"data-dir", "/d"}, {"port", "9000"}});
  EXPECT_EQ(by_default->public_url, "http://127.0.0.1:9000");
  EXPECT_TRUE(by_default->public_url_is_default);
  const auto given = load({{"data-dir", "/d"}, {"public-url", "https://a.example//"}});
  EXPECT_EQ(given->public_url, "https://a.example");
  EXPECT_FALSE(given->public_url_is_default);
}

TEST(Settings, AllProblemsComeTogether) {
  const auto refused = load({{"port", "0"}, {"log-level", "loud"}, {"admin-email", "a@b"}});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::Code::kConfigInvalid);
  EXPECT_EQ(refused.error().what,
            "port must be a whole number from 1 to 65535; data-dir is required; log-level must be "
            "debug, info, warning or error; admin-email and admin-password go together");
}

TEST(Settings, AProblemRepeatsNoSecret) {
  const auto refused = load({{"admin-password", "hunter2"}, {"master-key", "hunter3"}});
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().what, Not(HasSubstr("hunter")));
}

TEST(OptionText, NamesEveryOptionWithItsDefaultUnitAndMeaning) {
  const std::string text = render_option_table();
  for (const Option& option : option_table()) {
    EXPECT_THAT(text, HasSubstr("--" + std::string(option.name)));
    EXPECT_THAT(text, HasSubstr(environment_name(option)));
    EXPECT_THAT(text, HasSubstr(std::string(option.doc)));
  }
  EXPECT_THAT(text, HasSubstr("Default: 30 seconds"));
  EXPECT_THAT(text, HasSubstr("Default: 64 MiB"));
}

TEST(OptionText, ThePageHasASectionForEachOptionAndNoFlagForASecret) {
  const std::string page = render_option_page();
  for (const Option& option : option_table()) {
    EXPECT_THAT(page, HasSubstr(fmt::format("\n## {}\n\n{}\n", option.name, option.doc)));
    EXPECT_EQ(page.find(fmt::format("`--{}`", option.name)) == std::string::npos, option.secret);
  }
  EXPECT_THAT(page, HasSubstr("`--port`, `ARACARI_PORT`, `port`. Default: 8080. From 1 to 65535."));
}

}  // namespace
}  // namespace config
