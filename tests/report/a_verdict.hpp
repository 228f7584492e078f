// One verdict for the tests of all its forms.
#pragma once

#include <hallmark/audit/verdict.hpp>

inline auto a_verdict(hallmark::decision outcome) -> hallmark::verdict {
    return {"population rank", outcome, 0.05, -0.25, 0.001996, 0.001, 20, 500, 3, {0.0, 0.0059736}, {"Read <this>.", "And this."}};
}
