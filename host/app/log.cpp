// SPDX-License-Identifier: Apache-2.0
#include "host/app/log.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "host/app/capped_file.hpp"

namespace brink {
namespace {

constexpr char const* file_logger = "log file";

/// A logger of one sink whose failures, as on a full disk, are told once and no more.
std::shared_ptr<spdlog::logger> lone_logger(std::string const& name, spdlog::sink_ptr sink,
                                            std::string const& path)
{
    auto const logger = std::make_shared<spdlog::logger>(name, std::move(sink));
    auto const told = std::make_shared<bool>(false);
    logger->set_error_handler([told, path](std::string const& reason) {
        if (!*told)
            std::fprintf(stderr, "warning: '%s': lines are missing: %s\n", path.c_str(),
                         reason.c_str());
        *told = true;
    });
    logger->flush_on(spdlog::level::trace);
    return logger;
}

/// Hands messages of the program's logger on to the file's, which has its own error handler.
class HandOn : public spdlog::sinks::sink {
    std::shared_ptr<spdlog::logger> to_;

  public:
    explicit HandOn(std::shared_ptr<spdlog::logger> to) : to_{std::move(to)} {}
    void log(spdlog::details::log_msg const& message) override
    {
        to_->log(message.time, message.source, message.level, message.payload);
    }
    void flush() override { to_->flush(); }
    void set_pattern(std::string const& /*pattern*/) override {}
    void set_formatter(std::unique_ptr<spdlog::formatter> /*formatter*/) override {}
};

}  // namespace

void set_up_log()
{
    auto const log = spdlog::stderr_color_mt("brink");
    log->set_pattern("%^%l%$: %v");
    spdlog::set_default_logger(log);
}

void quieten_log()
{
    spdlog::default_logger()->sinks().front()->set_level(spdlog::level::warn);
}

void open_log_file(std::string const& path, std::uint64_t most_bytes)
{
    auto const file = lone_logger(file_logger, open_capped_file(path, most_bytes), path);
    file->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ [%P] %l: %v", spdlog::pattern_time_type::utc);
    spdlog::register_logger(file);
    spdlog::default_logger()->sinks().push_back(std::make_shared<HandOn>(file));
}

void note_in_log_file(std::string const& text)
{
    if (auto const file = spdlog::get(file_logger))
        file->info("{}", text);
}

std::function<void(std::string const&)> line_writer(std::string const& path,
                                                    std::uint64_t most_bytes)
{
    auto const file = lone_logger("progress file", open_capped_file(path, most_bytes), path);
    file->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        "%v", spdlog::pattern_time_type::utc, std::string{}));
    return [file](std::string const& line) { file->info("{}", line); };
}

}  // namespace brink
