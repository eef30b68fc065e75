// SPDX-License-Identifier: Apache-2.0
#include "io/results/provenance_page.hpp"

#include "io/results/number_text.hpp"

#include <fmt/format.h>
#include <string_view>

namespace brink {
namespace {

/// Lines of a name and what it says; what says nothing is left out, and a name stands once.
class ProvenancePage {
    std::string text_;
    std::string_view last_;

  public:
    void line(std::string_view name, std::string_view value)
    {
        if (value.empty())
            return;
        text_ += fmt::format("{:<13}{}\n", name == last_ ? "" : name, value);
        last_ = name;
    }
    [[nodiscard]] std::string const& text() const { return text_; }
};

void add_scenario(ProvenancePage& page, Provenance const& p)
{
    page.line("name", p.name);
    page.line("as of", p.as_of);
    page.line("scenario", p.scenario_hash);
    page.line("seed", p.seed);
    page.line("paths", fmt::format("{} in chunks of {}, {} invalid", count_text(p.paths),
                                   count_text(p.chunk_paths), count_text(p.invalid_paths)));
    for (std::string const& setting : p.overrides)
        page.line("set", setting);
}

void add_program(ProvenancePage& page, Provenance const& p)
{
    page.line("program", fmt::format("brink {}, commit {}", p.brink_version, p.brink_commit));
    page.line("arithmetic", fmt::format("{}, {}", p.arithmetic, p.precision));
    Manifest const& manifest = p.manifest;
    if (manifest.compiler.empty())
        return;
    page.line("built with", fmt::format("{}, {}", manifest.compiler, manifest.build_type));
    page.line("flags", manifest.build_flags);
}

void add_machine(ProvenancePage& page, Provenance const& p)
{
    Manifest const& manifest = p.manifest;
    page.line("host", p.host);
    page.line("system", manifest.system);
    page.line("processor", manifest.cpu);
    page.line("devices", p.devices);
    if (manifest.threads > 0)
        page.line("threads", count_text(manifest.threads));
    page.line("started", p.started);
    page.line("finished", fmt::format("{}, {:.3g} s of computing", p.finished, p.seconds));
    if (manifest.peak_memory_bytes > 0)
        page.line("memory", fmt::format("{:.1f} MiB at its peak",
                                        static_cast<double>(manifest.peak_memory_bytes) / 1048576));
}

void add_job(ProvenancePage& page, Manifest const& manifest)
{
    for (auto const& [variable, value] : manifest.scheduler)
        page.line("scheduler", fmt::format("{}={}", variable, value));
    if (manifest.restarts > 0)
        page.line("restarts", count_text(manifest.restarts));
    for (Resumption const& resumption : manifest.resumed)
        page.line("resumed", fmt::format("{} on {}, {} chunks done", resumption.instant,
                                         resumption.host, count_text(resumption.chunks)));
}

}  // namespace

std::string provenance_text(Provenance const& provenance)
{
    ProvenancePage page;
    add_scenario(page, provenance);
    add_program(page, provenance);
    add_machine(page, provenance);
    add_job(page, provenance.manifest);
    for (InputFile const& input : provenance.manifest.inputs)
        page.line("input", fmt::format("{} {:>12} bytes  {:<8}{}", input.sha256,
                                       count_text(input.bytes), input.role, input.path));
    return page.text();
}

}  // namespace brink
