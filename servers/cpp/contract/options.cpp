#include "options.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <fstream>
#include <iterator>
#include <memory>

#include "behaviours.hpp"

namespace wsmark {

namespace {

char const pem_remedy[] = "give a PEM file with the certificate and its private key";

/// Puts a word into a queue, `--option=value` as two; a separate value, such as a path, may contain a `=`.
void split(std::string const& arg, std::deque<std::string>& words) {
  auto const at = arg.find('=');
  bool const is_both = at != arg.npos && at > 2 && arg.compare(0, 2, "--") == 0 &&
                       std::all_of(arg.begin() + 2, arg.begin() + at, [](unsigned char one) { return isalnum(one); });
  words.push_back(arg.substr(0, is_both ? at : arg.npos));
  if (is_both) words.push_back(arg.substr(at + 1));
}

std::uint16_t read_port(std::string const& value) {
  auto const port = is_number(value, 5) ? std::stoul(value) : 65536;
  if (port > 65535) {
    throw UsageError("Cannot listen on port '" + value + "'; give a --port from 0 to 65535, 0 for a free one");
  }
  return static_cast<std::uint16_t>(port);
}

std::string without_brackets(std::string const& host) {
  bool const has_both = host.size() >= 2 && host.front() == '[' && host.back() == ']';
  return has_both ? host.substr(1, host.size() - 2) : host;
}

/// Checks that a file has a certificate and its private key.
void check_certificate(std::string const& path) {
  auto const cannot = [&](std::string const& reason) {
    return UsageError("Cannot read --tls '" + path + "': " + reason + "; " + pem_remedy);
  };
  std::ifstream file(path, std::ios::binary);
  std::string const pem{std::istreambuf_iterator<char>(file), {}};
  if (!file || file.bad()) throw cannot(std::strerror(errno));
  if (pem.find("-----BEGIN CERTIFICATE-----") == pem.npos || pem.find("PRIVATE KEY-----") == pem.npos) {
    throw UsageError("--tls '" + path + "' lacks one of the two: " + pem_remedy);
  }
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> const context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  bool const is_right = SSL_CTX_use_certificate_chain_file(context.get(), path.c_str()) == 1 &&
                        SSL_CTX_use_PrivateKey_file(context.get(), path.c_str(), SSL_FILETYPE_PEM) == 1;
  if (!is_right) {
    auto const reason = ERR_reason_error_string(ERR_peek_last_error());
    throw cannot(reason == nullptr ? "OpenSSL gives no reason" : reason);
  }
}

Deflate read_deflate(std::string const& value) {
  if (value == "takeover") return Deflate::takeover;
  if (value == "no-takeover") return Deflate::no_takeover;
  throw UsageError("Unknown --deflate '" + value + "'; give takeover or no-takeover");
}

}  // namespace

std::string option_lines() {
  Address const unset;
  return "  --port N       port to listen on; 0 takes a free one (default " + std::to_string(unset.port) +
         ")\n"
         "  --hostname H   host name or address to bind (default " +
         unset.hostname +
         ")\n"
         "  --tls FILE     encrypt the connections: PEM file of certificate and private key\n"
         "  --deflate M    compress messages where the client offers it: takeover or no-takeover\n";
}

std::optional<Address> read_options(std::vector<std::string> const& args, std::string const& id, Lacks const& lacks) {
  Address address;
  std::deque<std::string> words;
  for (auto const& arg : args) split(arg, words);
  auto const refuse_lack = [&](std::string const& name, std::string const& option) {
    auto const lack = lacks.find(name);
    if (lack != lacks.end()) throw UsageError(id + " has no " + option + ", as " + lack->second + "; leave it out");
  };
  while (!words.empty()) {
    auto const option = words.front();
    words.pop_front();
    if (option == "--help") return std::nullopt;
    if (option != "--port" && option != "--hostname" && option != "--tls" && option != "--deflate") {
      throw UsageError("Unknown option '" + option + "'; give --port, --hostname, --tls, --deflate or --help");
    }
    if (words.empty() || words.front().empty()) {
      throw UsageError(option + " needs a value; give one, or leave the option out");
    }
    auto const value = words.front();
    words.pop_front();
    refuse_lack(option.substr(2), option);
    if (option == "--port") {
      address.port = read_port(value);
    } else if (option == "--hostname") {
      address.hostname = without_brackets(value);
    } else if (option == "--tls") {
      check_certificate(value);
      address.tls = value;
    } else {
      address.deflate = read_deflate(value);
      refuse_lack(value, option + " " + value);
    }
  }
  return address;
}

}  // namespace wsmark
