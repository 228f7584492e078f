// Everything that decides how large a run is and how its networks are trained: one table with a line for each scale.
#pragma once

#include <cstddef>

namespace quickstart {

/// How the learning rate goes: up and down once along cosines (Smith & Topin 2017), or 0.2 of itself after 60, 80 and 90 % of the epochs.
enum class course { one_cycle, steps };

/// How a network is trained: stochastic gradient descent with momentum, pictures mirrored at random.
struct recipe {
    std::size_t epochs;
    std::size_t batch_size;
    double      highest_rate;
    course      rate_course;
    double      momentum     = 0.9;
    double      weight_decay = 5e-4;
    std::size_t crop         = 0;      ///< pixels of black around a picture, out of which it is cut at random; 0: not cut
    bool        keep_best    = false;  ///< the weights after the epoch with the best accuracy on the validation pictures, not the last
    bool anywhere = false;  ///< on a CUDA device where LibTorch has one, on all processors elsewhere; or on one processor, so that the result is the same
};

/// A wide residual network (Zagoruyko & Komodakis 2016), WRN-depth-width; depth 0 is the small network of network.hpp.
struct architecture {
    std::size_t depth = 0, width = 0;
};

struct scale {
    char const*  name;
    std::size_t  users;            ///< one for each of `targets`, or for each class in turn
    std::size_t  per_user;         ///< marked pictures of each user, all of one class
    std::size_t  training_set;     ///< pictures a network is trained on, the users' and the validation pictures included
    std::size_t  validation;       ///< of these, how many only choose the best epoch
    std::size_t  tested;           ///< held-out pictures of each class that the accuracy is told of
    std::size_t  withheld;         ///< B: marks of the counterfactual audit that were not published
    std::size_t  nulls_per_class;  ///< null sets of the population audit, for each class that has a user
    bool         claims;           ///< whether the run is large enough to promise anything
    architecture net;
    recipe       how;
    std::size_t  targets[5] = {};  ///< classes of the users, where the scale names them
    bool         named      = false;
    double       level      = 0.05;  ///< false discovery rate over the users, for both audits
};

// clang-format off
//                                      users each train   val  test  held  nulls  claims net
inline constexpr scale small_scale   = {"small", 10, 20,  1000,    0,   50,  499,  500,  true,  {},      {40, 50, 0.2, course::one_cycle}};
inline constexpr scale small_quick   = {"small", 10, 20,  1000,    0,   50,  199,   50,  true,  {},      {40, 50, 0.2, course::one_cycle}};
/// The setting of the paper's experiments on CIFAR-10, with its five target classes (Chen & Pattabiraman 2025): there a network for each of them, here five users of one.
inline constexpr scale paper_scale   = {"paper",  5, 25, 25000, 5000, 1000,  999, 5000,  true,  {28, 4}, {100, 256, 0.1, course::steps, 0.9, 5e-4, 4, true, true},
                                        {0, 2, 5, 6, 9}, true};
/// The same way through the program in a minute. It shows that the way is open, and nothing else.
inline constexpr scale paper_quick   = {"paper",  5, 25,  1000,  200,   20,   19,   10,  false, {10, 1}, {1, 256, 0.1, course::steps, 0.9, 5e-4, 4, true, true},
                                        {0, 2, 5, 6, 9}, true};
// clang-format on

}  // namespace quickstart
