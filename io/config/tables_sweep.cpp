// SPDX-License-Identifier: Apache-2.0
// Keys of [sweep] and [[sweep.axis]].
#include "io/config/config_tables.hpp"
#include "io/config/config_words.hpp"

namespace brink {

void visit_keys(TableVisitor& visitor, SweepConfig& sweep)
{
    visitor.choice("kind", sweep.kind);
    visitor.count("points", sweep.points, {0, most_sweep_points});
    visitor.count("seed", sweep.seed, {});
    visitor.texts("scopes", sweep.scopes, Need::optional);
    visitor.settings("base", sweep.base);
    visitor.tables("axis", sweep.axes);
}

void visit_keys(TableVisitor& visitor, SweepAxisConfig& axis)
{
    visitor.text("name", axis.name, Need::optional);
    visitor.texts("key", axis.keys, Need::optional);
    visitor.sweep_values("values", axis.values);
    visitor.maybe_number("from", axis.from, any_number);
    visitor.maybe_number("to", axis.to, any_number);
    visitor.count("count", axis.count, {0, most_sweep_points});
    visitor.choice("scale", axis.scale);
}

}  // namespace brink
