#include "app/password_prompt.h"

#include <cstdio>
#include <iostream>
#include <string>
#include <termios.h>
#include <unistd.h>

namespace app {
namespace {

/// Turns the terminal's echo off while it lives.
class NoEcho {
 public:
  NoEcho() : active_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!active_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;
  ~NoEcho() {
    if (active_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }

 private:
  termios before_{};
  bool active_;
};

}  // namespace

base::Result<base::Secret> read_password() {
  std::string line;
  if (::isatty(STDIN_FILENO) == 1) {
    std::fputs("Password: ", stderr);
    const NoEcho no_echo;
    std::getline(std::cin, line);
    std::fputs("\n", stderr);
  } else {
    std::getline(std::cin, line);
  }
  if (line.empty()) {
    return base::Error{
        base::Code::kInvalidBody, "Give one at the prompt or on standard input.", {}, "password"};
  }
  return base::Secret(std::move(line));
}

}  // namespace app
