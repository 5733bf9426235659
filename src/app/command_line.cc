#include "app/command_line.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/import_worker.h"
#include "app/serve.h"
#include "config/settings.h"

namespace app {
namespace {

int report(const base::Error& error) {
  std::fprintf(stderr, "aracari: %s%s%s\n", error.field.empty() ? "" : (error.field + ": ").c_str(),
               error.what.c_str(),
               error.code == base::Code::kConfigInvalid && !error.detail.empty()
                   ? (" (" + error.detail + ")").c_str()
                   : "");
  return error.code == base::Code::kConfigInvalid || error.code == base::Code::kInvalidBody
             ? kUsage
             : kFailed;
}

std::optional<std::string> read_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

/// Every option of the table as a flag of `command`, except secrets, which other users of the
/// machine could read off the process list.
void add_table_options(CLI::App& command, config::Texts& given) {
  for (const config::Option& option : config::option_table()) {
    if (option.secret) continue;
    const std::string name(option.name);
    const std::string flag = "--" + name;
    const auto keep = [&given, name](const std::string& text) { given[name] = text; };
    if (option.type == config::OptionType::kFlag) {
      command.add_flag_callback(flag, [keep] { keep("true"); }, std::string(option.doc));
      continue;
    }
    command.add_option_function<std::string>(flag, keep, std::string(option.doc))
        ->type_name(option.type == config::OptionType::kInteger ? "NUMBER" : "TEXT");
  }
}

/// Runs `body` with the settings that the words, the environment and the file give.
template <typename Body>
int with_settings(const config::Texts& given, Body body) {
  const auto settings = config::load_settings({given, read_environment});
  if (!settings) return report(settings.error());
  const base::Result<int> outcome = body(*settings);
  return outcome ? *outcome : report(outcome.error());
}

struct Words {
  config::Texts given;
  std::string data_dir;
  std::string environment;
  std::string name;
  std::string email;
  std::string role;
  std::string organization;
  std::string id;
  std::int64_t overlap_seconds = 0;
  std::vector<std::string> scopes;
  std::string limits;
  bool encrypted = false;
  std::int64_t requests_per_minute = 0;
  std::string expires_in;
  RevokeWords revoke{};
  bool emergency = false;
  bool from_stdin = false;
  bool dry_run = false;
  std::string format = "text";
};

/// The options of commands other than `serve`: where the data is, and the environment for the rest.
config::Texts data_dir_only(const Words& words) {
  config::Texts given;
  if (!words.data_dir.empty()) given.emplace("data-dir", words.data_dir);
  return given;
}

void add_data_dir(CLI::App& command, Words& words) {
  command.add_option("--data-dir", words.data_dir, "The server's data directory.");
}

void add_organization(CLI::App& command, Words& words) {
  command.add_option("--organization", words.organization,
                     "Name of the organization; needed where there are several.");
}

void add_serve(CLI::App& app, Words& words, int& exit_code) {
  CLI::App* serve = app.add_subcommand("serve", "Serves the web app, the API and the embeds.");
  add_table_options(*serve, words.given);
  serve->callback([&] {
    exit_code = with_settings(
        words.given, [](const config::Settings& settings) { return serve_until_signal(settings); });
  });
}

void add_config(CLI::App& app) {
  app.add_subcommand("config", "Prints every option with default, unit and meaning.")->callback([] {
    std::fputs(config::render_option_table().c_str(), stdout);
  });
}

void add_key_list(CLI::App& keys, Words& words, int& exit_code) {
  CLI::App* list = keys.add_subcommand("list", "Prints a line of JSON for each API key.");
  add_data_dir(*list, words);
  add_organization(*list, words);
  list->callback([&] {
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return list_keys(settings, words.organization);
    });
  });
}

void add_key_roll(CLI::App& keys, Words& words, int& exit_code) {
  CLI::App* roll = keys.add_subcommand("roll", "Replaces an API key and prints the new one, once.");
  add_data_dir(*roll, words);
  add_organization(*roll, words);
  roll->add_option("--id", words.id, "Of the key: key_…")->required();
  roll->add_option("--overlap-seconds", words.overlap_seconds,
                   "How long the old key and its tokens still work.")
      ->required();
  roll->callback([&] {
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return roll_key(settings, words.organization, words.id,
                      std::chrono::seconds(words.overlap_seconds));
    });
  });
}

void add_key_revoke(CLI::App& keys, Words& words, int& exit_code) {
  CLI::App* revoke = keys.add_subcommand("revoke", "Ends an API key and its tokens.");
  add_data_dir(*revoke, words);
  add_organization(*revoke, words);
  revoke->add_option("--id", words.id, "Of the key: key_…")->required();
  revoke->callback([&] {
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return revoke_key(settings, words.organization, words.id);
    });
  });
}

void add_keys(CLI::App& app, Words& words, int& exit_code) {
  CLI::App* keys = app.add_subcommand("keys", "API keys.")->require_subcommand(1);
  CLI::App* create = keys->add_subcommand("create", "Creates an API key and prints it, once.");
  add_data_dir(*create, words);
  add_organization(*create, words);
  create->add_option("--environment", words.environment, "sandbox or production.")->required();
  create->add_option("--name", words.name, "What the key is for.")->required();
  create->add_option(
      "--scope", words.scopes,
      "mint, introspect, revoke or manage; may be given several times. Default: mint "
      "and introspect.");
  create->add_option(
      "--limits", words.limits,
      "What its tokens may be at most, as the JSON of `limits` in the HTTP interface."
      " Default: view dashboards and charts, as explorer.");
  create->add_option("--requests-per-minute", words.requests_per_minute,
                     "Default: 600 for sandbox, 6000 for production.");
  create->add_flag("--encrypted", words.encrypted,
                   "Encrypt the tokens, so that a browser can not read their attributes.");
  create->add_option("--expires-in", words.expires_in,
                     "When the key and its tokens end: a number and s, m, h or d, like 90d."
                     " Default: never.");
  create->callback([&] {
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return create_key(
          settings, {words.organization, words.environment, words.name, words.scopes, words.limits,
                     words.encrypted, words.requests_per_minute, words.expires_in});
    });
  });
  add_key_list(*keys, words, exit_code);
  add_key_roll(*keys, words, exit_code);
  add_key_revoke(*keys, words, exit_code);
}

void add_users(CLI::App& app, Words& words, int& exit_code) {
  CLI::App* users = app.add_subcommand("users", "People who sign in.")->require_subcommand(1);
  CLI::App* create = users->add_subcommand(
      "create", "Creates a user; the password comes from a prompt or standard input.");
  add_data_dir(*create, words);
  add_organization(*create, words);
  create->add_option("--email", words.email, "For signing in.")->required();
  create->add_option("--role", words.role, "admin, maker or explorer.")->required();
  create->callback([&] {
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return create_user(settings, {words.organization, words.email, words.role});
    });
  });
}

void add_token_mint(CLI::App& tokens, Words& words, int& exit_code) {
  CLI::App* mint = tokens.add_subcommand(
      "mint", "Mints a token for the JSON body on standard input and prints it.");
  add_data_dir(*mint, words);
  add_organization(*mint, words);
  mint->add_option("--key-id", words.id, "The API key to mint with: key_…")->required();
  mint->callback([&] {
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return mint_token(settings, words.organization, words.id);
    });
  });
}

void add_token_revoke(CLI::App& tokens, Words& words, int& exit_code) {
  CLI::App* revoke = tokens.add_subcommand(
      "revoke", "Revokes the token on standard input, or what the options name.");
  add_data_dir(*revoke, words);
  add_organization(*revoke, words);
  RevokeWords& wanted = words.revoke;
  revoke->add_option("--environment", wanted.environment, "sandbox or production.");
  revoke->add_option("--end-user", wanted.end_user, "Every token of this distinctId.");
  revoke->add_option("--dashboard", wanted.dashboard, "This dashboard for every token: dsh_…");
  revoke->add_option("--chart", wanted.chart, "This chart for every token: cht_…");
  revoke->add_flag("--all", wanted.everything, "Every token of the environment.");
  revoke->add_option("--reason", wanted.reason, "For those who ask later.");
  revoke->callback([&] {
    wanted.organization = words.organization;
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return revoke_tokens(settings, wanted);
    });
  });
}

void add_tokens(CLI::App& app, Words& words, int& exit_code) {
  CLI::App* tokens = app.add_subcommand("tokens", "Embed tokens.")->require_subcommand(1);
  CLI::App* introspect = tokens->add_subcommand(
      "introspect", "Explains the token on standard input. Exit code 3: not active.");
  add_data_dir(*introspect, words);
  add_organization(*introspect, words);
  introspect->callback([&] {
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return introspect_token(settings, words.organization);
    });
  });
  add_token_mint(*tokens, words, exit_code);
  add_token_revoke(*tokens, words, exit_code);
}

void add_signing_keys(CLI::App& app, Words& words, int& exit_code) {
  CLI::App* keys =
      app.add_subcommand("signing-keys", "Keys that sign embed tokens.")->require_subcommand(1);
  CLI::App* list =
      keys->add_subcommand("list", "Prints id, environment, status and start of each.");
  add_data_dir(*list, words);
  add_organization(*list, words);
  list->callback([&] {
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return list_signing_keys(settings, words.organization);
    });
  });
  CLI::App* rotate = keys->add_subcommand(
      "rotate", "Publishes a new key, which signs after a while; old tokens stay good.");
  add_data_dir(*rotate, words);
  add_organization(*rotate, words);
  rotate->add_option("--environment", words.environment, "sandbox or production.")->required();
  rotate->add_flag("--emergency", words.emergency,
                   "The new key signs now, and every older key and token is dead at once.");
  rotate->callback([&] {
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return rotate_signing_key(settings, {words.organization, words.environment, words.emergency});
    });
  });
}

void add_check(CLI::App& app, Words& words, int& exit_code) {
  CLI::App* check = app.add_subcommand(
      "check", "Says of every dashboard whether it is decided who sees what. Exit code 1: not.");
  add_data_dir(*check, words);
  check->add_option("--format", words.format, "text or json.")
      ->check(CLI::IsMember({"text", "json"}));
  check->callback([&] {
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return check_coverage(settings,
                            words.format == "json" ? CheckFormat::kJson : CheckFormat::kText);
    });
  });
}

void add_content(CLI::App& app, Words& words, int& exit_code) {
  CLI::App* content =
      app.add_subcommand("content", "Charts and dashboards as a JSON file.")->require_subcommand(1);
  CLI::App* exported = content->add_subcommand("export", "Prints charts and dashboards.");
  add_data_dir(*exported, words);
  add_organization(*exported, words);
  exported->add_option("--dashboard", words.id,
                       "Only this one and its charts: dsh_… Default: all there is.");
  exported->callback([&] {
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return export_content(settings, words.organization, words.id);
    });
  });
  CLI::App* apply = content->add_subcommand(
      "apply",
      "Makes and changes what the file on standard input holds, and leaves all else alone."
      " Published dashboards change as drafts.");
  add_data_dir(*apply, words);
  add_organization(*apply, words);
  apply->add_flag("--dry-run", words.dry_run, "Only prints what would change.");
  apply->callback([&] {
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return apply_content(settings, words.organization,
                           words.dry_run ? ApplyMode::kDryRun : ApplyMode::kApply);
    });
  });
}

void add_master_key(CLI::App& app, Words& words, int& exit_code) {
  CLI::App* key = app.add_subcommand("master-key", "The key under which secrets are stored.")
                      ->require_subcommand(1);
  CLI::App* rotate = key->add_subcommand(
      "rotate", "Stores all secrets under a new key. Not while a server runs on the directory.");
  add_data_dir(*rotate, words);
  rotate->add_flag("--from-stdin", words.from_stdin,
                   "Reads the new key, base64url: for a key that comes from ARACARI_MASTER_KEY.");
  rotate->callback([&] {
    exit_code = with_settings(data_dir_only(words), [&](const config::Settings& settings) {
      return rotate_master_key(
          settings, words.from_stdin ? NewMasterKey::kFromStandardInput : NewMasterKey::kMade);
    });
  });
}

/// Not for people: import_process.h starts it.
void add_import_worker(CLI::App& app, int& exit_code) {
  CLI::App* worker = app.add_subcommand("import-worker")->group("");
  worker->callback([&] { exit_code = run_import_worker(); });
}

void add_commands(CLI::App& app, Words& words, int& exit_code) {
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("aracari ") + ARACARI_VERSION);
  add_serve(app, words, exit_code);
  add_config(app);
  add_keys(app, words, exit_code);
  add_users(app, words, exit_code);
  add_signing_keys(app, words, exit_code);
  add_master_key(app, words, exit_code);
  add_tokens(app, words, exit_code);
  add_check(app, words, exit_code);
  add_content(app, words, exit_code);
  add_import_worker(app, exit_code);
}

std::string render_options(const CLI::App& command) {
  std::string text;
  for (const CLI::Option* option : command.get_options()) {
    if (option == command.get_help_ptr()) continue;
    text += fmt::format("- `{}`{}: {}\n", option->get_name(),
                        option->get_required() ? ", required" : "", option->get_description());
  }
  return text.empty() ? text : "\n" + text;
}

/// A section for each command below `command` that runs something. `serve` takes the table of
/// options, which has a page of its own.
std::string render_commands(const CLI::App& command, const std::string& words) {
  std::string text;
  for (const CLI::App* one : command.get_subcommands([](const CLI::App*) { return true; })) {
    if (one->get_group().empty()) continue;
    const std::string name = words + " " + one->get_name();
    const std::string below = render_commands(*one, name);
    if (!below.empty()) {
      text += below;
      continue;
    }
    text += fmt::format("\n## {}\n\n{}\n", name, one->get_description());
    text += one->get_name() == "serve" ? "Its flags are the [options](options.md).\n"
                                       : render_options(*one);
  }
  return text;
}

}  // namespace

std::string render_command_page() {
  CLI::App app("", "aracari");
  Words words;
  int exit_code = kDone;
  add_commands(app, words, exit_code);
  return "# Command line\n\nWhat the program `aracari` does besides serving. Each command takes "
         "`--help`, and `aracari --version` tells the version. The data directory may also come "
         "from the variable `ARACARI_DATA_DIR`.\n\nExit codes: 0 for done; 1 for failed, with a "
         "line on standard error that says why; 2 for words or a configuration that are off; 3 for "
         "a token that is not active, of `aracari tokens introspect`.\n" +
         render_commands(app, "aracari");
}

int run_command_line(int argc, char** argv) {
  CLI::App app("Aracari: customer-facing embedded analytics, self-hosted.", "aracari");
  Words words;
  int exit_code = kDone;
  add_commands(app, words, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    return app.exit(problem) == 0 ? kDone : kUsage;
  }
  return exit_code;
}

}  // namespace app
