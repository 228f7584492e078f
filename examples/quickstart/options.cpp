// The command line of quickstart.
#include "options.hpp"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace quickstart {
namespace {

constexpr char const* help =
    R"(quickstart marks pictures of several users, trains one network on them and one without them, and asks both: were you trained on these?

usage: quickstart [--data PATH] [--out DIR] [--quick] [--seed N] [...]

  --data PATH     labelled pictures: a folder with one folder of JPEG or PNG files per class, a folder of CIFAR-10 or CIFAR-100
                  in binary form, or a .tar.gz of class folders; train/ and test/ above the class folders are fine.
                  Without it, quickstart makes pictures of its own.
  --scale NAME    small (default): ten users, networks that one processor trains in minutes; paper: the setting of the published experiments on
                  CIFAR-10, WRN-28-4 on 25,000 pictures, five users, 5,000 null users each: on a CUDA device where LibTorch has one, for which
                  it is meant, else on all processors. docs/results.md
  --table FILE    also writes the results as a Markdown table: between the lines <!-- results --> and <!-- /results --> of FILE where it has them
  --out DIR       where report.html and result.json are written (default: quickstart-out)
  --quick         a shorter run for automatic tests: at the small scale fewer withheld keys and null sets, the same claim; at the paper's a run of the
                  same program on a tiny network, which shows that it runs and claims nothing
  --seed N        decides every random choice (default: 5). The secret key comes from it too, which is fit for a demonstration only:
                  a real key comes from the operating system (hallmark::secret_key::generate). With a new seed each of the two
                  audits may flag somebody on the innocent network, in at most 1 run of 20: that is what the rate means.
  --size N        pictures are brought to N x N pixels, 8 to 64 (default: 32)
  --epochs N      passes over the training set, 1 to 1000 (default: 40; paper: 100)
  --withheld N    withheld keys per user, 199 to 99999 (default: 499, quick: 199; paper: 999)
  --nulls N       null sets per class, 50 to 10000; each user is compared with those of his own class (default: 500, quick: 50;
                  paper: 5000)

exit status: 0 the claim holds, 1 it does not, 2 the run could not be made
)";

template <class T>
auto number(std::string_view name, std::string_view text, T least, T most) -> T {
    T          value  = 0;
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || value < least || value > most) {
        throw std::invalid_argument(std::string(name) + " is \"" + std::string(text) + "\"; allowed is a whole number from " + std::to_string(least) + " to " +
                                    std::to_string(most));
    }
    return value;
}

}  // namespace

auto read_options(int argc, char const* const* argv) -> options {
    options     o{};
    std::size_t epochs = 0, withheld = 0, nulls = 0;  // 0: not given
    bool        paper = false;
    for (int i = 1; i < argc; ++i) {
        auto const name = std::string_view(argv[i]);
        if (name == "--help" || name == "-h") {
            std::fputs(help, stdout);
            std::exit(0);
        }
        if (name == "--quick") {
            o.quick = true;
            continue;
        }
        bool const known = name == "--data" || name == "--scale" || name == "--table" || name == "--out" || name == "--seed" || name == "--size" ||
                           name == "--epochs" || name == "--withheld" || name == "--nulls";
        if (!known) {
            throw std::invalid_argument("there is no option \"" + std::string(name) + "\"; --help lists them");
        }
        if (i + 1 == argc) {
            throw std::invalid_argument(std::string(name) + " needs a value; --help says which");
        }
        auto const value = std::string_view(argv[++i]);
        if (name == "--data") {
            o.data = value;
        } else if (name == "--scale") {
            paper = value == "paper";
            if (!paper && value != "small") {
                throw std::invalid_argument("--scale is \"" + std::string(value) + "\"; allowed are small and paper");
            }
        } else if (name == "--table") {
            o.table = value;
        } else if (name == "--out") {
            o.out = value;
        } else if (name == "--seed") {
            o.seed = number<std::uint64_t>(name, value, 0, std::numeric_limits<std::uint32_t>::max());
        } else if (name == "--size") {
            o.size = number<std::size_t>(name, value, 8, 64);
        } else if (name == "--epochs") {
            epochs = number<std::size_t>(name, value, 1, 1000);
        } else if (name == "--withheld") {
            withheld = number<std::size_t>(name, value, 199, 99999);
        } else {
            nulls = number<std::size_t>(name, value, 50, 10000);
        }
    }
    static_cast<scale&>(o) = paper ? (o.quick ? paper_quick : paper_scale) : (o.quick ? small_quick : small_scale);

    o.how.epochs      = epochs == 0 ? o.how.epochs : epochs;
    o.withheld        = withheld == 0 ? o.withheld : withheld;
    o.nulls_per_class = nulls == 0 ? o.nulls_per_class : nulls;
    return o;
}

}  // namespace quickstart
