// What was trained, and how, in words.
#include "results.hpp"

#include <cstdio>

namespace quickstart {
namespace {

auto shown(double x) -> std::string {
    char text[32];
    std::snprintf(text, sizeof text, "%g", x);
    return text;
}

}  // namespace

auto network_in_words(options const& o) -> std::string {
    if (o.net.depth == 0) {
        return "convolutional, 3 → 16 → 32 → 64 channels, two residual blocks";
    }
    return "wide residual network WRN-" + std::to_string(o.net.depth) + "-" + std::to_string(o.net.width);
}

auto training_in_words(options const& o) -> std::string {
    auto const& r = o.how;
    auto out = std::to_string(r.epochs) + (r.epochs == 1 ? " epoch" : " epochs") + ", batches of " + std::to_string(r.batch_size) + ", SGD with momentum " +
               shown(r.momentum);
    out += r.rate_course == course::one_cycle ? ", one cycle of the learning rate up to " + shown(r.highest_rate)
                                              : ", learning rate " + shown(r.highest_rate) + ", a fifth of it after 60, 80 and 90 % of the epochs each";
    out += ", weight decay " + shown(r.weight_decay) + ", random mirroring";
    if (r.crop > 0) {
        out += ", random crops out of " + std::to_string(r.crop) + " black pixels around";
    }
    if (r.keep_best) {
        out += "; the weights of the epoch with the best accuracy on " + std::to_string(o.validation) + " validation pictures";
    }
    return out;
}

}  // namespace quickstart
